import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { metricsQuery } from '@/api/plans';
import { useMe } from '@/api/session';
import type { Reward } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useLanguage, useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank, useFault } from './blanks';
import { symbolOf } from './unit';
import { words } from './words';

const all = ['cash', 'gift', 'title', 'badge', 'training', 'growth', 'points', 'leave'] as const;
const computedKinds = ['cash', 'points'] as const;

/** Currencies in which cash may be paid: the organisation's, and those in which something is measured. */
function useCurrencies(...more: (string | undefined)[]): string[] {
  const metrics = useQuery(metricsQuery).data ?? [];
  const all = [...more, ...metrics.map((each) => each.currency)].filter((each): each is string => Boolean(each));
  return [...new Set(all)];
}

interface Props {
  value: Reward;
  onChange: (reward: Reward) => void;
  /** Path of the reward in the definition. */
  field: string;
  /** The rule computes the amount. */
  computed?: boolean;
}

/** What is given: an amount of cash, points or leave, or a thing with a name and a cost. */
export function RewardBlank({ value, onChange, field, computed }: Props) {
  const t = useWords(words);
  const text = useText();
  const language = useLanguage();
  const organisation = useMe().organisation;
  const currency = value.currency || organisation.currency;
  const currencies = useCurrencies(organisation.currency, value.currency);
  const nameFault = useFault(`${field}.name`);
  const counted = value.kind === 'cash' || value.kind === 'points' || value.kind === 'leave';
  const pickKind = (kind: Reward['kind']) => {
    const keepsAmount = ['cash', 'points', 'leave'].includes(kind) && !computed;
    onChange({
      kind,
      name: value.name,
      currency: kind === 'cash' ? value.currency : undefined,
      amount: keepsAmount ? value.amount : undefined,
      cost: kind === 'cash' ? undefined : value.cost,
    });
  };
  return (
    <span className="reward-blank">
      <ChoiceBlank
        label={t('reward_kind')}
        field={`${field}.kind`}
        value={value.kind}
        onChange={pickKind}
        options={choices(computed ? computedKinds : all, (kind) => t(`kind_${kind}`))}
      />
      {value.kind === 'cash' && currencies.length > 1 && (
        <ChoiceBlank
          label={t('reward_currency')}
          field={`${field}.currency`}
          search
          value={currency}
          onChange={(next) => onChange({ ...value, currency: next === organisation.currency ? undefined : next })}
          options={choices(currencies, (key) => key)}
        />
      )}
      {counted && !computed && (
        <NumberBlank
          label={t('reward_amount')}
          field={`${field}.amount`}
          required
          prefix={value.kind === 'cash' ? symbolOf(currency) : undefined}
          placeholder={value.kind === 'cash' ? '500' : '1'}
          value={value.amount ?? ''}
          onChange={(amount) => onChange({ ...value, amount: amount || undefined })}
        />
      )}
      {!counted && (
        <>
          <span className={`blank-mark${nameFault ? ' blank-fault' : ''}${text(value.name) ? '' : ' blank-empty'}`}>
            <Input
              className="blank blank-text"
              variant="borderless"
              aria-label={t('reward_name')}
              placeholder={t('reward_name')}
              maxLength={100}
              value={value.name?.[language] ?? ''}
              onChange={(event) =>
                onChange({ ...value, name: { zh: '', en: '', ...value.name, [language]: event.target.value } })
              }
            />
            {nameFault && <span className="blank-note">{nameFault}</span>}
          </span>
          {value.kind === 'badge' && (
            <NumberBlank
              label={t('reward_level')}
              field={`${field}.level`}
              prefix={`${t('reward_level')}\u00a0`}
              placeholder="0"
              value={value.level ? String(value.level) : ''}
              onChange={(typed) => onChange({ ...value, level: Number.parseInt(typed.slice(0, 4), 10) || undefined })}
            />
          )}
          <NumberBlank
            label={t('reward_cost')}
            field={`${field}.cost`}
            prefix={symbolOf(currency)}
            placeholder={t('reward_cost')}
            value={value.cost ?? ''}
            onChange={(cost) => onChange({ ...value, cost: cost || undefined })}
          />
        </>
      )}
    </span>
  );
}
