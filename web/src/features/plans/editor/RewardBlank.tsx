import { Input } from 'antd';
import { useMe } from '@/api/session';
import type { Reward } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useLanguage, useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank, useFault } from './blanks';
import { symbolOf } from './unit';
import { words } from './words';

const all = ['cash', 'gift', 'title', 'badge', 'training', 'growth', 'points', 'leave'] as const;
const computedKinds = ['cash', 'points'] as const;

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
  const nameFault = useFault(`${field}.name`);
  const counted = value.kind === 'cash' || value.kind === 'points' || value.kind === 'leave';
  const pickKind = (kind: Reward['kind']) => {
    const keepsAmount = ['cash', 'points', 'leave'].includes(kind) && !computed;
    onChange({
      kind,
      name: value.name,
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
