import { Select, Tag } from 'antd';
import type { StatementPeriod } from '@/api/types';
import { formatPeriod } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { words } from './words';

interface Props {
  periods: readonly StatementPeriod[];
  value: string;
  onChange: (label: string) => void;
}

export function PeriodSelect({ periods, value, onChange }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <Select
      aria-label={t('choose_period')}
      className="person-select"
      value={value}
      onChange={onChange}
      options={periods.map((each) => ({
        value: each.label,
        label: `${formatPeriod(each.label, language)} · ${t(`state_${each.state}`)}`,
      }))}
    />
  );
}

const tones = { open: 'wait', closed: 'good', paid: 'gold' } as const;

export function PeriodState({ period }: { period: StatementPeriod }) {
  const t = useWords(words);
  return <Tag className={`state-tag state-${tones[period.state]}`}>{t(`state_${period.state}`)}</Tag>;
}
