import { Button, Checkbox, Select, Table } from 'antd';
import { useState } from 'react';
import { useWords } from '@/lib/i18n';
import { Corrections } from './Corrections';
import { type Column, changeColumn, correct, type DateOrder, type ImportJob, type Mapping } from './model';
import { fieldsOf, isDay, type PersonField, personFields, referring, setFields } from './persons';
import { words } from './words';

interface Props {
  job: ImportJob;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Samples shown beside a column. */
const samplesShown = 3;

/** The columns of a file of people; one may become several fields, as where teams are called after their managers. */
export function PersonColumns({ job, mapping, onChange }: Props) {
  const t = useWords(words);
  const [correcting, setCorrecting] = useState<Column | null>(null);
  return (
    <>
      <Table<Column>
        rowKey="index"
        size="small"
        pagination={false}
        scroll={{ x: 760 }}
        dataSource={job.columns}
        columns={[
          { title: t('column'), width: 180, render: (_, column) => <strong>{column.name}</strong> },
          {
            title: t('samples'),
            width: 180,
            render: (_, column) =>
              [...new Set(column.samples)]
                .slice(0, samplesShown)
                .map((s) => <div key={s}>{s || t('empty_value')}</div>),
          },
          {
            title: t('into'),
            width: 240,
            render: (_, column) => (
              <Select
                mode="multiple"
                aria-label={t('person_fields_of', { column: column.name })}
                style={{ width: '100%' }}
                virtual={false}
                placeholder={t('leave_out')}
                showSearch={{ optionFilterProp: 'label' }}
                value={fieldsOf(mapping, column.name)}
                options={personFields.map((value) => ({ value, label: t(`person_${value}`) }))}
                onChange={(fields: PersonField[]) => onChange(setFields(mapping, column.name, fields))}
              />
            ),
          },
          {
            title: t('options'),
            render: (_, column) => (
              <Details column={column} mapping={mapping} onChange={onChange} onCorrect={() => setCorrecting(column)} />
            ),
          },
        ]}
      />
      {correcting && (
        <Corrections
          column={correcting.name}
          values={correcting.values}
          corrections={mapping.columns.find((c) => c.column === correcting.name)?.corrections ?? {}}
          onClose={() => setCorrecting(null)}
          onSave={(pairs) => {
            onChange(correct(mapping, correcting.name, pairs));
            setCorrecting(null);
          }}
        />
      )}
    </>
  );
}

function Details({
  column,
  mapping,
  onChange,
  onCorrect,
}: {
  column: Column;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
  onCorrect: () => void;
}) {
  const t = useWords(words);
  const fields = fieldsOf(mapping, column.name);
  const mapped = mapping.columns.find((c) => c.column === column.name);
  if (!mapped || fields.length === 0) return null;
  const corrected = Object.keys(mapped.corrections ?? {}).length;
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
      {fields.some(isDay) && (
        <Select
          aria-label={t('date_order')}
          value={mapped.date_order ?? column.guess.order ?? 'ymd'}
          options={(['ymd', 'mdy', 'dmy'] as DateOrder[]).map((value) => ({ value, label: t(`order_${value}`) }))}
          onChange={(date_order) => onChange(changeColumn(mapping, column.name, { date_order }))}
        />
      )}
      {fields.some((f) => referring.includes(f)) && (
        <Checkbox
          checked={mapped.create_missing ?? false}
          onChange={(e) => onChange(changeColumn(mapping, column.name, { create_missing: e.target.checked }))}
        >
          {t('create_missing')}
        </Checkbox>
      )}
      <Button size="small" onClick={onCorrect}>
        {corrected > 0 ? t('corrections_n', { count: corrected }) : t('corrections')}
      </Button>
    </div>
  );
}
