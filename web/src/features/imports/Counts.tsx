import { Figure } from '@/components/Figure';
import type { Report } from './model';

interface Props {
  /** Label, count, and whether the count tells of a loss. */
  items: [string, number, boolean?][];
}

/** What an import makes because rows name it and it is not there, as further counts. */
export function made(
  report: Pick<Report, 'persons' | 'units' | 'related'>,
  t: (word: 'made_persons' | 'made_units' | 'made_related') => string,
): [string, number][] {
  const all: [string, number][] = [
    [t('made_persons'), report.persons],
    [t('made_units'), report.units],
    [t('made_related'), report.related],
  ];
  return all.filter(([, count]) => count > 0);
}

/** A row of counts with their labels. */
export function Counts({ items }: Props) {
  return (
    <dl
      style={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(110px, 1fr))',
        gap: 16,
        marginBottom: 16,
      }}
    >
      {items.map(([label, count, loss]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd style={loss && count > 0 ? { color: 'var(--loss-text)' } : undefined}>
            <Figure number={count} size="large" />
          </dd>
        </div>
      ))}
    </dl>
  );
}
