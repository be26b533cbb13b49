import { Button, Checkbox, Input, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useMe } from '@/api/session';
import { useText } from '@/components/TextOf';
import { FIELD_TYPES, type ObjectInfo, typeName } from '@/features/objects/model';
import { currenciesWith } from '@/lib/currencies';
import { useWords } from '@/lib/i18n';
import { Corrections } from './Corrections';
import { currencyOf } from './currency';
import {
  type Column,
  type ColumnMapping,
  changeColumn,
  correct,
  type DateOrder,
  type ImportJob,
  type Mapping,
  targetType,
  toggleColumn,
} from './model';
import { words } from './words';

interface Props {
  job: ImportJob;
  objects: ObjectInfo[];
  target: ObjectInfo | undefined;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Samples shown beside a column. */
const samplesShown = 3;

/** The file's columns left, what they become right, with samples between. */
export function ColumnTable({ job, objects, target, mapping, onChange }: Props) {
  const t = useWords(words);
  const text = useText();
  const [correcting, setCorrecting] = useState<Column | null>(null);
  const mapped = (column: Column): ColumnMapping =>
    mapping.columns.find((c) => c.column === column.name) ?? { column: column.name, field: '' };

  return (
    <>
      <Table<Column>
        rowKey="index"
        size="small"
        pagination={false}
        scroll={{ x: 900 }}
        dataSource={job.columns}
        columns={[
          {
            title: t('column'),
            width: 180,
            render: (_, column) => (
              <>
                <strong>{column.name}</strong>
                {column.guess.type && (
                  <div>
                    <Tag>{t('guess', { type: text(typeName(column.guess.type)) })}</Tag>
                  </div>
                )}
              </>
            ),
          },
          {
            title: t('samples'),
            width: 200,
            render: (_, column) =>
              [...new Set(column.samples)]
                .slice(0, samplesShown)
                .map((s) => <div key={s}>{s || t('empty_value')}</div>),
          },
          {
            title: t('into'),
            width: 320,
            render: (_, column) =>
              mapping.create_object ? (
                <NewField column={column} mapping={mapping} onChange={onChange} />
              ) : (
                <Select
                  aria-label={t('field_of', { column: column.name })}
                  style={{ width: '100%' }}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={mapped(column).field}
                  options={[
                    { value: '', label: t('leave_out') },
                    ...(target?.fields ?? [])
                      .filter((f) => f.type !== 'autonumber')
                      .map((f) => ({ value: f.key, label: `${text(f.name) || f.key} · ${text(typeName(f.type))}` })),
                  ]}
                  onChange={(field: string) => onChange(changeColumn(mapping, column.name, { field }))}
                />
              ),
          },
          {
            title: t('options'),
            render: (_, column) => (
              <Details
                column={column}
                objects={objects}
                target={target}
                mapping={mapping}
                onChange={onChange}
                onCorrect={() => setCorrecting(column)}
              />
            ),
          },
        ]}
      />
      {correcting && (
        <Corrections
          column={correcting.name}
          values={correcting.values}
          corrections={mapped(correcting).corrections ?? {}}
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

/** A column of a new object: taken or not, its field's name and type. */
function NewField({
  column,
  mapping,
  onChange,
}: {
  column: Column;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const t = useWords(words);
  const text = useText();
  const def = mapping.create_object;
  const mapped = mapping.columns.find((c) => c.column === column.name);
  const field = def?.fields.find((f) => f.key === mapped?.field);
  return (
    <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
      <Checkbox
        aria-label={t('take', { column: column.name })}
        checked={Boolean(field)}
        onChange={(e) => onChange(toggleColumn(mapping, column, e.target.checked))}
      />
      {field && def && (
        <>
          <Input
            aria-label={t('name_of', { column: column.name })}
            value={field.name.zh}
            maxLength={100}
            onChange={(e) => {
              const name = { zh: e.target.value, en: e.target.value };
              onChange({
                ...mapping,
                create_object: { ...def, fields: def.fields.map((f) => (f === field ? { ...f, name } : f)) },
              });
            }}
          />
          <Select
            aria-label={t('type_of', { column: column.name })}
            style={{ minWidth: 110 }}
            virtual={false}
            value={field.type}
            options={FIELD_TYPES.filter((each) => each.type !== 'autonumber').map((each) => ({
              value: each.type,
              label: text(each.name),
            }))}
            onChange={(type) => onChange(changeColumn(mapping, column.name, { type }))}
          />
        </>
      )}
    </div>
  );
}

function Details({ column, objects, target, mapping, onChange, onCorrect }: DetailsProps) {
  const t = useWords(words);
  const text = useText();
  const mapped = mapping.columns.find((c) => c.column === column.name);
  const home = useMe().organisation.currency;
  if (!mapped?.field) return null;
  const type = targetType(mapping, column.name, target);
  const def = mapping.create_object;
  const created = def?.fields.find((f) => f.key === mapped.field);
  const related = objects.find(
    (o) => o.key === (created?.target ?? target?.fields.find((f) => f.key === mapped.field)?.target),
  );
  const change = (next: Partial<ColumnMapping>) => onChange(changeColumn(mapping, column.name, next));
  const corrected = Object.keys(mapped.corrections ?? {}).length;
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
      {(type === 'date' || type === 'datetime') && (
        <Select
          aria-label={t('date_order')}
          value={mapped.date_order ?? 'ymd'}
          options={(['ymd', 'mdy', 'dmy'] as DateOrder[]).map((value) => ({ value, label: t(`order_${value}`) }))}
          onChange={(date_order) => change({ date_order })}
        />
      )}
      {type === 'money' && created && def && (
        <Select
          aria-label={t('currency_of', { column: column.name })}
          style={{ width: 90 }}
          showSearch
          virtual={false}
          value={created.currency || currencyOf(column, home)}
          options={currenciesWith(home, currencyOf(column, home)).map((value) => ({ value, label: value }))}
          onChange={(currency: string) =>
            onChange({
              ...mapping,
              create_object: { ...def, fields: def.fields.map((f) => (f === created ? { ...f, currency } : f)) },
            })
          }
        />
      )}
      {type === 'relation' && created && def && (
        <Select
          aria-label={t('target_object')}
          placeholder={t('target_object')}
          style={{ minWidth: 130 }}
          value={created.target}
          status={created.target ? undefined : 'warning'}
          virtual={false}
          options={[
            { value: def.key, label: t('itself', { name: text(def.name) || def.key }) },
            ...objects.filter((o) => o.key !== def.key).map((o) => ({ value: o.key, label: text(o.name) || o.key })),
          ]}
          onChange={(key: string) =>
            onChange({
              ...mapping,
              create_object: { ...def, fields: def.fields.map((f) => (f === created ? { ...f, target: key } : f)) },
            })
          }
        />
      )}
      {type === 'relation' && related && (
        <Select
          aria-label={t('match')}
          style={{ minWidth: 130 }}
          value={mapped.match ?? ''}
          options={[
            { value: '', label: t('match_by', { name: t('match_default') }) },
            ...related.fields
              .filter((f) => f.type === 'text' || f.type === 'autonumber')
              .map((f) => ({ value: f.key, label: t('match_by', { name: text(f.name) || f.key }) })),
          ]}
          onChange={(match: string) => change({ match: match || undefined })}
        />
      )}
      {(type === 'relation' || type === 'person' || type === 'choice' || type === 'choices') && (
        <Checkbox
          checked={mapped.create_missing ?? false}
          onChange={(e) => change({ create_missing: e.target.checked })}
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

interface DetailsProps {
  column: Column;
  objects: ObjectInfo[];
  target: ObjectInfo | undefined;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
  onCorrect: () => void;
}
