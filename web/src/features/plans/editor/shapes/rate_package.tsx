import type { Metric } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from '../blanks';
import { Fill } from '../fill';
import { figureOf } from '../unit';
import { rateWords } from '../words_rate';
import { type Params, textOf, withParam } from './shape';

interface Props {
  pack: Params;
  onPack: (pack: Params) => void;
  metric: Metric | undefined;
  /** "¥" before what is paid. */
  pays: string | undefined;
  /** Path of the package: "package" or "tiers[1].per_package". */
  at: string;
}

/** So much for every so many. */
export function Package({ pack, onPack, metric, pays, at }: Props) {
  const t = useWords(rateWords);
  const number = (key: 'size' | 'amount' | 'free', placeholder: string, figure: object) => (
    <NumberBlank
      label={t(`package_${key}`)}
      field={`${at}.${key}`}
      required={key !== 'free'}
      placeholder={placeholder}
      {...figure}
      value={textOf(pack, key)}
      onChange={(typed) => onPack(withParam(pack, key, typed))}
    />
  );
  return (
    <Fill
      sentence={t('package')}
      blanks={{
        size: number('size', '10', figureOf(metric)),
        amount: number('amount', '50', { prefix: pays }),
        free: number('free', '0', figureOf(metric)),
        round: (
          <ChoiceBlank
            label={t('package_round')}
            field={`${at}.round`}
            value={textOf(pack, 'round') || 'up'}
            onChange={(round) => onPack(withParam(pack, 'round', round === 'up' ? undefined : round))}
            options={choices(['up', 'down'] as const, (key) => t(`package_${key}`))}
          />
        ),
      }}
    />
  );
}
