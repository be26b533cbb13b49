import { DeleteOutlined, PlusOutlined, SwapOutlined } from '@ant-design/icons';
import { Alert, App, AutoComplete, Button, Card, Checkbox, Select, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { DayPicker } from '@/components/DayPicker';
import { useWords } from '@/lib/i18n';
import { faultsOf, follow, isCurrent, type Span } from './spans';
import { words } from './words';

interface Props {
  title: string;
  /** What a span points at: units, people or positions. */
  label: string;
  options: { value: number | string; label: string }[];
  /** Options are texts that may also be typed. */
  typed?: boolean;
  spans: Span[];
  /** One at a time (managers); units may overlap. */
  exclusive?: boolean;
  withLead?: boolean;
  readOnly?: boolean;
  today: string;
  onSave: (spans: Span[]) => Promise<void>;
}

/** Periods with effective dates as a small table; the past stays as it was. */
export function SpanEditor({
  title,
  label,
  options,
  typed,
  spans,
  exclusive = false,
  withLead,
  readOnly,
  today,
  onSave,
}: Props) {
  const t = useWords(words);
  const { message } = App.useApp();
  const [list, setList] = useState(spans);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState('');
  const given = JSON.stringify(spans);
  useEffect(() => setList(JSON.parse(given)), [given]);
  const faults = faultsOf(list, exclusive);
  const dirty = JSON.stringify(list) !== given;
  const change = (at: number, next: Partial<Span>) => setList(list.map((s, i) => (i === at ? { ...s, ...next } : s)));
  const save = async () => {
    setSaving(true);
    setFault('');
    try {
      await onSave(list);
      message.success(t('saved'));
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setSaving(false);
    }
  };
  const empty: Span = { id: typed ? '' : 0, from: today, last: '', lead: false };
  const name = (id: number | string) => options.find((o) => o.value === id)?.label ?? (typed ? id : `#${id}`);

  return (
    <Card title={title} style={{ marginBottom: 16 }}>
      {fault && <Alert type="error" role="alert" title={fault} style={{ marginBottom: 12 }} />}
      {list.length === 0 && <p>{t('no_spans')}</p>}
      <ul style={{ display: 'grid', gap: 10 }}>
        {list.map((span, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a period is its place in the list
          <li key={at} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
            {readOnly ? (
              <>
                <strong>{name(span.id)}</strong>
                <span>
                  {span.from || t('always')} – {span.last || t('open')}
                </span>
                {span.lead && <Tag>{t('lead')}</Tag>}
              </>
            ) : (
              <>
                {typed ? (
                  <AutoComplete
                    aria-label={label}
                    placeholder={label}
                    style={{ minWidth: 160, flex: 1 }}
                    status={faults.has(at) ? 'error' : undefined}
                    value={String(span.id)}
                    options={options}
                    maxLength={200}
                    onChange={(id: string) => change(at, { id })}
                  />
                ) : (
                  <Select
                    aria-label={label}
                    style={{ minWidth: 160, flex: 1 }}
                    showSearch={{ optionFilterProp: 'label' }}
                    status={faults.has(at) ? 'error' : undefined}
                    value={span.id || undefined}
                    options={options}
                    onChange={(id: number | string) => change(at, { id })}
                  />
                )}
                <DayPicker
                  aria-label={t('from')}
                  placeholder={t('always')}
                  value={span.from}
                  onChange={(from) => change(at, { from })}
                />
                <DayPicker
                  aria-label={t('last')}
                  placeholder={t('open')}
                  value={span.last}
                  onChange={(last) => change(at, { last })}
                />
                {withLead && (
                  <Checkbox checked={span.lead} onChange={(e) => change(at, { lead: e.target.checked })}>
                    {t('lead')}
                  </Checkbox>
                )}
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('remove')}
                  onClick={() => setList(list.filter((_, i) => i !== at))}
                />
              </>
            )}
            {isCurrent(span, today) && <Tag className="state-tag state-good">{t('now')}</Tag>}
            {faults.has(at) && (
              <span role="alert" style={{ color: 'var(--loss-text)' }}>
                {t(`fault_${faults.get(at) ?? 'nobody'}`)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginTop: 12 }}>
          <Button icon={<PlusOutlined />} onClick={() => setList([...list, empty])}>
            {t('add_span')}
          </Button>
          {exclusive && list.some((s) => s.last === '') && (
            <Button icon={<SwapOutlined />} onClick={() => setList(follow(list, empty))}>
              {t('move')}
            </Button>
          )}
          {dirty && (
            <>
              <Button type="primary" loading={saving} disabled={faults.size > 0} onClick={() => void save()}>
                {t('save')}
              </Button>
              <Button onClick={() => setList(spans)}>{t('cancel')}</Button>
            </>
          )}
        </div>
      )}
    </Card>
  );
}
