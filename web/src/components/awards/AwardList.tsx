import { useEffect, useRef } from 'react';
import type { Award } from '@/api/types';
import { AwardLine } from './AwardLine';

/** Awards newest first; those that arrive while the page is open slide in and are tinted for two seconds. */
export function AwardList({ awards, who, label }: { awards: readonly Award[]; who?: boolean; label: string }) {
  const known = useRef<Set<number> | null>(null);
  const fresh = new Set(
    known.current ? awards.filter((each) => !known.current?.has(each.id)).map((each) => each.id) : [],
  );
  useEffect(() => {
    known.current = new Set([...(known.current ?? []), ...awards.map((each) => each.id)]);
  }, [awards]);
  return (
    <ul className="award-list" aria-label={label} aria-live="polite">
      {awards.map((award, index) => (
        <AwardLine key={award.id} award={award} who={who} fresh={index < 5 && fresh.has(award.id)} />
      ))}
    </ul>
  );
}
