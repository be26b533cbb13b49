import { Figure } from '@/components/Figure';

interface Props {
  /** Label, count, and whether the count tells of a loss. */
  items: [string, number, boolean?][];
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
