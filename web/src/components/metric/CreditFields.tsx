import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Segmented, Select } from 'antd';
import type { Field, MetricDef } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { type CreditWay, changeWay, creditWay, shareOf, shareWay, withShares } from './credit';
import { personFields, unitFields } from './fields';
import type { Item } from './MeasureFields';
import { useFieldOptions } from './useFieldOptions';
import { words } from './words';

/** The most persons of one record, as the server bounds them. */
const maxCredits = 20;

interface Props {
  def: MetricDef;
  onChange: (def: MetricDef) => void;
  fields: readonly Field[];
  item: (field: string, label: string) => Item;
}

/** Whom a record counts for: a person, several by shares, or the team or department that it names. */
export function CreditFields({ def, onChange, fields, item }: Props) {
  const t = useWords(words);
  const options = useFieldOptions();
  const way = creditWay(def);
  const pick = (
    key: 'person' | 'team' | 'department',
    list: readonly Field[],
    missing: 'no_person' | 'no_unit_field',
  ) => (
    <Form.Item {...item(key, t(`by_${key}`))} extra={list.length === 0 && t(missing)}>
      <Select
        aria-label={t(`by_${key}`)}
        placeholder={t('pick')}
        showSearch={{ optionFilterProp: 'label' }}
        value={def[key] || undefined}
        onChange={(value: string) => onChange({ ...def, [key]: value })}
        options={options(list)}
      />
    </Form.Item>
  );
  return (
    <>
      <Form.Item label={t('person')} extra={t(`way_${way}_hint`)}>
        <Segmented
          value={way}
          onChange={(next: CreditWay) => onChange(changeWay(def, next, fields))}
          options={(['person', 'shares', 'team', 'department'] as const).map((each) => ({
            value: each,
            label: t(`way_${each}`),
          }))}
        />
      </Form.Item>
      {way === 'person' && pick('person', personFields(fields), 'no_person')}
      {way === 'team' && pick('team', unitFields(fields), 'no_unit_field')}
      {way === 'department' && pick('department', unitFields(fields), 'no_unit_field')}
      {way === 'shares' && <Shares def={def} onChange={onChange} fields={fields} item={item} />}
    </>
  );
}

function Shares({ def, onChange, fields, item }: Props) {
  const t = useWords(words);
  const options = useFieldOptions();
  const credit = def.credit ?? [];
  const way = shareWay(credit);
  const set = (next: NonNullable<MetricDef['credit']>) => onChange({ ...def, credit: next });
  const change = (at: number, part: Partial<(typeof credit)[number]>) =>
    set(credit.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const shared = fields.filter((each) => ['percent', 'number'].includes(each.type));
  return (
    <>
      <Form.Item label={t('share_by')}>
        <Segmented
          value={way}
          onChange={(next) => set(withShares(credit, next))}
          options={(['fixed', 'field', 'equal'] as const).map((each) => ({ value: each, label: t(`share_${each}`) }))}
        />
      </Form.Item>
      {credit.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: persons of a record have no other name, and are only edited in place
        <div className="credit-line" key={at}>
          <Form.Item {...item(`credit[${at}].person`, t('by_person'))}>
            <Select
              aria-label={t('by_person')}
              placeholder={t('pick')}
              showSearch={{ optionFilterProp: 'label' }}
              value={each.person || undefined}
              onChange={(person: string) => change(at, { person })}
              options={options(personFields(fields))}
            />
          </Form.Item>
          {way === 'fixed' && (
            <Form.Item {...item(`credit[${at}].share`, t('share'))}>
              <Input
                aria-label={t('share')}
                inputMode="decimal"
                suffix="%"
                value={(each.share ?? '').replace('%', '')}
                onChange={(event) => change(at, { share: shareOf(event.target.value) })}
              />
            </Form.Item>
          )}
          {way === 'field' && (
            <Form.Item {...item(`credit[${at}].share_field`, t('share'))}>
              <Select
                aria-label={t('share')}
                placeholder={t('pick')}
                showSearch={{ optionFilterProp: 'label' }}
                value={each.share_field || undefined}
                onChange={(field: string) => change(at, { share_field: field })}
                options={options(shared)}
              />
            </Form.Item>
          )}
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('remove_person')}
            disabled={credit.length <= 1}
            onClick={() => set(credit.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <p>
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={credit.length >= maxCredits}
          onClick={() => set(withShares([...credit, { person: '' }], way))}
        >
          {t('add_person')}
        </Button>
      </p>
      {def.measure.kind === 'count' && (
        <Form.Item {...item('count', t('count_by'))}>
          <Segmented
            value={def.count ?? 'each'}
            onChange={(count) => onChange({ ...def, count: count === 'each' ? undefined : count })}
            options={(['each', 'share'] as const).map((each) => ({ value: each, label: t(`count_${each}`) }))}
          />
        </Form.Item>
      )}
    </>
  );
}
