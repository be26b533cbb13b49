import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useMay, useMe } from '@/api/session';
import { DayPicker } from '@/components/DayPicker';
import { Go } from '@/components/Go';
import { useText } from '@/components/TextOf';
import { KEY_PATTERN, type ObjectInfo } from '@/features/objects/model';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { listMappings, saveMapping } from './api';
import { ColumnTable } from './ColumnTable';
import { adoptMapping, type ImportJob, type Mapping, rekey } from './model';
import { PersonColumns } from './PersonColumns';
import { named } from './persons';
import { mappingsKey } from './UploadPage';
import { words } from './words';

/** Another table of the file, or another place for it to go; without object and people, a new object. */
export type Into = Partial<Pick<Mapping, 'object' | 'persons' | 'sheet'>>;

interface Props {
  job: ImportJob;
  objects: ObjectInfo[];
  mapping: Mapping;
  busy: boolean;
  onChange: (mapping: Mapping) => void;
  /** Has the columns suggested anew. */
  onInto: (into: Into) => void;
  onCheck: () => void;
}

// Values of the menu that no object's key can be.
const fresh = '+';
const people = '+people';

/** Where the file goes and which column becomes which field. */
export function MapStep({ job, objects, mapping, busy, onChange, onInto, onCheck }: Props) {
  const t = useWords(words);
  const text = useText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const saved = useQuery({ queryKey: mappingsKey, queryFn: listMappings });
  const [missing, setMissing] = useState<string[]>([]);
  const [name, setName] = useState('');
  const def = mapping.create_object;
  const target = objects.find((o) => o.key === mapping.object);
  const mapped = mapping.columns.filter((c) => c.field !== '').length;
  const mayLoadPeople = useMay(['admin']);
  const home = useMe().organisation.currency;
  const nameless = Boolean(mapping.persons) && !named(mapping);
  const badKey = def !== undefined && !KEY_PATTERN.test(def.key);

  const keep = async () => {
    try {
      await saveMapping(name.trim(), mapping);
      void client.invalidateQueries({ queryKey: mappingsKey });
      message.success(t('mapping_saved'));
      setName('');
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <>
      <Card style={{ marginBottom: 16 }}>
        <p>
          {t('file_facts', {
            rows: job.rows_total,
            columns: job.columns.length,
            encoding: job.encoding || job.format.toUpperCase(),
          })}
        </p>
        {job.skipped.length > 0 && (
          <details>
            <summary>{t('skipped', { count: job.skipped.length })}</summary>
            <ul>
              {job.skipped.map((each) => (
                <li key={each.line}>
                  {t('line_is', { n: each.line })}
                  {each.text} · {text(each.reason)}
                </li>
              ))}
            </ul>
          </details>
        )}
        <Form
          layout="vertical"
          style={{
            display: 'grid',
            gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
            columnGap: 16,
            marginTop: 16,
          }}
        >
          {job.sheets.length > 1 && (
            <Form.Item label={t('sheet')} htmlFor="sheet">
              <Select
                id="sheet"
                value={mapping.sheet ?? job.sheet}
                options={job.sheets.map((s) => ({ value: s, label: s }))}
                onChange={(sheet) =>
                  onInto({ sheet, persons: mapping.persons ?? false, object: def ? '' : mapping.object })
                }
              />
            </Form.Item>
          )}
          {(saved.data?.length ?? 0) > 0 && (
            <Form.Item label={t('use_saved')} htmlFor="saved">
              <Select
                id="saved"
                allowClear
                options={saved.data?.map((s) => ({ value: s.name, label: s.name }))}
                onChange={(chosen?: string) => {
                  const found = saved.data?.find((s) => s.name === chosen);
                  if (!found) return;
                  const adopted = adoptMapping(found.mapping, job);
                  setMissing(adopted.missing);
                  onChange(adopted.mapping);
                }}
              />
            </Form.Item>
          )}
          <Form.Item label={t('target')} htmlFor="target">
            <Select
              id="target"
              showSearch={{ optionFilterProp: 'label' }}
              value={mapping.persons ? people : def ? fresh : mapping.object || fresh}
              options={[
                { value: fresh, label: t('new_object') },
                ...(mayLoadPeople || mapping.persons ? [{ value: people, label: t('people') }] : []),
                ...objects.map((o) => ({ value: o.key, label: text(o.name) || o.key })),
              ]}
              onChange={(key: string) =>
                onInto({
                  sheet: mapping.sheet ?? job.sheet,
                  persons: key === people,
                  object: key === fresh || key === people ? '' : key,
                })
              }
            />
          </Form.Item>
          {def && (
            <>
              <Form.Item label={t('object_name')} htmlFor="object-name">
                <Input
                  id="object-name"
                  value={def.name.zh}
                  maxLength={100}
                  onChange={(e) =>
                    onChange({
                      ...mapping,
                      create_object: { ...def, name: { zh: e.target.value, en: e.target.value } },
                    })
                  }
                />
              </Form.Item>
              <Form.Item
                label={t('object_key')}
                htmlFor="object-key"
                validateStatus={badKey ? 'error' : undefined}
                help={badKey ? t('key_hint') : undefined}
              >
                <Input
                  id="object-key"
                  value={def.key}
                  maxLength={41}
                  onChange={(e) => onChange(rekey(mapping, e.target.value))}
                />
              </Form.Item>
            </>
          )}
          {mapping.persons ? (
            <Form.Item label={t('from_day')} htmlFor="from-day" help={t('from_day_hint')}>
              <DayPicker
                id="from-day"
                style={{ width: '100%' }}
                placeholder={t('today')}
                value={mapping.from}
                onChange={(day) => onChange({ ...mapping, from: day || undefined })}
              />
            </Form.Item>
          ) : (
            <Form.Item label={t('key_column')} htmlFor="key-column" help={t('key_column_hint')}>
              <Select
                id="key-column"
                value={mapping.key ?? ''}
                options={[
                  { value: '', label: t('no_key') },
                  ...job.columns.map((c) => ({ value: c.name, label: c.name })),
                ]}
                onChange={(key: string) => onChange({ ...mapping, key })}
              />
            </Form.Item>
          )}
          {mapping.key && !mapping.persons && (
            <Form.Item label={t('on_conflict')} htmlFor="on-conflict">
              <Select
                id="on-conflict"
                value={mapping.on_conflict ?? 'update'}
                options={[
                  { value: 'update' as const, label: t('conflict_update') },
                  { value: 'skip' as const, label: t('conflict_skip') },
                ]}
                onChange={(on_conflict) => onChange({ ...mapping, on_conflict })}
              />
            </Form.Item>
          )}
        </Form>
        {missing.length > 0 && <Alert type="warning" title={t('saved_lacks', { columns: missing.join('、') })} />}
      </Card>
      {def?.fields.some((field) => field.type === 'money') && (
        <p className="quiet" style={{ marginBottom: 12 }}>
          {t('currency_hint', { currency: home })}{' '}
          {mayLoadPeople && <Go href={paths.settings()}>{t('currency_change')}</Go>}
        </p>
      )}
      {mapping.persons ? (
        <PersonColumns job={job} mapping={mapping} onChange={onChange} />
      ) : (
        <ColumnTable job={job} objects={objects} target={target} mapping={mapping} onChange={onChange} />
      )}
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, justifyContent: 'space-between', marginTop: 16 }}>
        <form
          style={{ display: 'flex', gap: 8 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) void keep();
          }}
        >
          <Input
            aria-label={t('mapping_name')}
            placeholder={t('mapping_name')}
            value={name}
            maxLength={100}
            onChange={(e) => setName(e.target.value)}
          />
          <Button htmlType="submit">{t('save_mapping')}</Button>
        </form>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, alignItems: 'center' }}>
          <span className="quiet">{t('kept')}</span>
          {mapped === 0 && <span role="alert">{t('nothing_mapped')}</span>}
          {mapped > 0 && nameless && <span role="alert">{t('nobody_named')}</span>}
          <Button type="primary" loading={busy} disabled={mapped === 0 || badKey || nameless} onClick={onCheck}>
            {busy ? t('checking') : t('check')}
          </Button>
        </div>
      </div>
    </>
  );
}
