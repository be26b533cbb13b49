import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Checkbox, Input, InputNumber, Select } from 'antd';
import { useText } from '@/components/TextOf';
import { currenciesWith } from '@/lib/currencies';
import { useWords } from '@/lib/i18n';
import type { DraftField, Fault } from './definition';
import { type Choice, FIELD_TYPES, type ObjectInfo } from './model';
import { words } from './words';

interface Props {
  field: DraftField;
  objects: ObjectInfo[];
  fault: Fault | undefined;
  /** Of the organisation, for a new money field. */
  currency: string;
  onChange: (field: DraftField) => void;
  onRemove?: () => void;
}

const colours = ['#1f6f54', '#3b7dd8', '#c8992b', '#c0322b', '#7a5bb5', '#0f8b8d', '#8a6d3b', '#6b7a74'];

/** The most choices of a field in this form. */
const maxChoices = 200;

/** One field: its names, type and what the type needs. Key and type stay once records may use them. */
export function FieldEditor({ field, objects, fault, currency, onChange, onRemove }: Props) {
  const t = useWords(words);
  const text = useText();
  const change = (next: Partial<DraftField>) => onChange({ ...field, ...next });
  const { type } = field;
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
        <legend className="sr-only">{t('field_n', { n: field.line })}</legend>
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
          <Input
            aria-label={t('name_zh')}
            placeholder={t('name_zh')}
            value={field.name.zh}
            maxLength={100}
            style={{ flex: '1 1 140px' }}
            status={fault === 'needs_name' ? 'error' : undefined}
            onChange={(e) => change({ name: { ...field.name, zh: e.target.value } })}
          />
          <Input
            aria-label={t('name_en')}
            placeholder={t('name_en')}
            value={field.name.en}
            maxLength={100}
            style={{ flex: '1 1 140px' }}
            onChange={(e) => change({ name: { ...field.name, en: e.target.value } })}
          />
          <Input
            aria-label={t('key')}
            placeholder={t('key')}
            value={field.key}
            disabled={field.existing}
            maxLength={41}
            style={{ flex: '1 1 120px' }}
            status={fault === 'needs_key' || fault === 'key_taken' ? 'error' : undefined}
            onChange={(e) => change({ key: e.target.value })}
          />
          <Select
            aria-label={t('type')}
            value={type}
            disabled={field.existing}
            style={{ flex: '1 1 150px' }}
            options={FIELD_TYPES.map((each) => ({ value: each.type, label: text(each.name), hint: text(each.hint) }))}
            optionRender={(option) => (
              <span>
                {option.label} <small style={{ color: 'var(--ink-2)' }}>{option.data.hint}</small>
              </span>
            )}
            popupMatchSelectWidth={320}
            onChange={(next) =>
              change({
                type: next,
                ...(next === 'money' && !field.currency ? { currency } : {}),
                ...(next === 'percent' && !field.scale ? { scale: 4 } : {}),
              })
            }
          />
          {(type === 'number' || type === 'percent') && (
            <span>
              {t('scale')}{' '}
              <InputNumber
                aria-label={t('scale')}
                min={0}
                max={type === 'percent' ? 10 : 12}
                precision={0}
                value={type === 'percent' ? Math.max(0, (field.scale ?? 4) - 2) : (field.scale ?? 0)}
                style={{ width: 70 }}
                onChange={(n) => change({ scale: (n ?? 0) + (type === 'percent' ? 2 : 0) })}
              />
            </span>
          )}
          {type === 'money' && (
            <Select
              aria-label={t('currency')}
              value={field.currency || currency}
              disabled={field.existing}
              style={{ width: 90 }}
              options={currenciesWith(currency).map((c) => ({ value: c, label: c }))}
              onChange={(c: string) => change({ currency: c })}
            />
          )}
          {type === 'relation' && (
            <Select
              aria-label={t('target')}
              placeholder={t('target')}
              value={field.target || undefined}
              disabled={field.existing}
              style={{ flex: '1 1 140px' }}
              status={fault === 'needs_target' ? 'error' : undefined}
              options={objects.map((o) => ({ value: o.key, label: text(o.name) || o.key }))}
              onChange={(target: string) => change({ target })}
            />
          )}
          {type !== 'autonumber' && (
            <Checkbox checked={field.required ?? false} onChange={(e) => change({ required: e.target.checked })}>
              {t('required')}
            </Checkbox>
          )}
          {(type === 'text' || type === 'number') && (
            <Checkbox checked={field.unique ?? false} onChange={(e) => change({ unique: e.target.checked })}>
              {t('unique')}
            </Checkbox>
          )}
          {onRemove && (
            <Button type="text" icon={<DeleteOutlined />} aria-label={t('remove_field')} onClick={onRemove} />
          )}
        </div>
        {(type === 'choice' || type === 'choices') && (
          <Choices
            choices={field.choices ?? []}
            existing={field.existing}
            onChange={(choices) => change({ choices })}
          />
        )}
        {fault && (
          <p role="alert" style={{ color: 'var(--loss-text)', marginTop: 6 }}>
            {t(fault)}
          </p>
        )}
      </fieldset>
    </Card>
  );
}

function Choices({
  choices,
  existing,
  onChange,
}: {
  choices: Choice[];
  existing: boolean;
  onChange: (choices: Choice[]) => void;
}) {
  const t = useWords(words);
  const set = (at: number, next: Partial<Choice>) =>
    onChange(choices.map((c, i) => (i === at ? { ...c, ...next } : c)));
  return (
    <div
      style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))', gap: 8, marginTop: 10 }}
    >
      {choices.map((choice, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a choice is its place in the list
        <div key={at} style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
          <input
            type="color"
            aria-label={t('choice_color')}
            value={choice.color || '#6b7a74'}
            onChange={(e) => set(at, { color: e.target.value })}
            style={{ width: 28, height: 28, padding: 0, border: 0, background: 'none' }}
          />
          <Input
            aria-label={`${t('choice_name')} · ${t('name_zh')}`}
            placeholder={t('name_zh')}
            value={choice.name.zh}
            maxLength={100}
            onChange={(e) => set(at, { name: { ...choice.name, zh: e.target.value } })}
          />
          <Input
            aria-label={`${t('choice_name')} · ${t('name_en')}`}
            placeholder={t('name_en')}
            value={choice.name.en}
            maxLength={100}
            onChange={(e) => set(at, { name: { ...choice.name, en: e.target.value } })}
          />
          {!(existing && choice.key) && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('remove_choice')}
              onClick={() => onChange(choices.filter((_, i) => i !== at))}
            />
          )}
        </div>
      ))}
      {choices.length < maxChoices && (
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            onChange([
              ...choices,
              { key: '', name: { zh: '', en: '' }, color: colours[choices.length % colours.length] },
            ])
          }
        >
          {t('add_choice')}
        </Button>
      )}
    </div>
  );
}
