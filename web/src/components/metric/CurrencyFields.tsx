import { Form, Input, Select } from 'antd';
import type { Field, MetricDef } from '@/api/types';
import { useWords } from '@/lib/i18n';
import type { Item } from './MeasureFields';
import { useFieldOptions } from './useFieldOptions';
import { words } from './words';

interface Props {
  def: MetricDef;
  onChange: (def: MetricDef) => void;
  fields: readonly Field[];
  item: (field: string, label: string) => Item;
}

/** Values of another currency, or of several. */
export function CurrencyFields({ def, onChange, fields, item }: Props) {
  const t = useWords(words);
  const options = useFieldOptions();
  const measure = def.measure;
  const measured = fields.find((each) => each.key === measure.value);
  const converts = measure.kind !== 'count' && measure.kind !== 'distinct' && measure.from === undefined;
  const set = (part: Partial<MetricDef['measure']>) => onChange({ ...def, measure: { ...measure, ...part } });
  const said = Boolean(measure.currency || measure.currency_field);
  if (!converts) return null;
  return (
    <details className="more-fields" open={said || undefined}>
      <summary>{t('more')}</summary>
      <div className="form-pair">
        <Form.Item {...item('measure.currency', t('currency'))} extra={t('currency_hint')}>
          <Input
            aria-label={t('currency')}
            placeholder={measured?.currency ?? t('currency_none')}
            maxLength={3}
            value={measure.currency ?? ''}
            onChange={(event) => set({ currency: event.target.value.toUpperCase() || undefined })}
          />
        </Form.Item>
        <Form.Item {...item('measure.currency_field', t('currency_field'))} extra={t('currency_field_hint')}>
          <Select
            aria-label={t('currency_field')}
            placeholder={t('currency_field_none')}
            allowClear
            value={measure.currency_field || undefined}
            onChange={(field?: string) => set({ currency_field: field })}
            options={options(fields.filter((each) => ['choice', 'text'].includes(each.type)))}
          />
        </Form.Item>
      </div>
    </details>
  );
}
