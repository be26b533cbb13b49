import { type CSSProperties, useEffect, useState } from 'react';
import { listen } from '@/api/events';
import { useMe } from '@/api/session';
import { useCalm } from '@/lib/theme';

/** How long the leaves fly. */
const flightMs = 900;
const leaves = Array.from({ length: 14 }, (_, index) => index);
/** Awards already celebrated on this device; the oldest are forgotten beyond this many. */
const remembered = 200;
const stored = 'laurel.celebrated';

/** Laurel leaves, under a second, once per award of one's own; nothing where less motion is wished. */
export function CelebrationLeaves() {
  const calm = useCalm();
  const person = useMe().person?.id;
  const [flight, setFlight] = useState(0);

  useEffect(() => {
    if (calm || !person) return;
    return listen('award', (event) => {
      const mine = event.person_ids?.includes(person);
      if (!mine || event.state === 'reversed' || !firstTime(event.id)) return;
      setFlight(event.id);
    });
  }, [calm, person]);

  useEffect(() => {
    if (!flight) return;
    const timer = setTimeout(() => setFlight(0), flightMs);
    return () => clearTimeout(timer);
  }, [flight]);

  if (!flight) return null;
  return (
    <div className="celebration" aria-hidden="true" key={flight}>
      {leaves.map((index) => (
        <i key={index} style={{ '--i': index, '--n': leaves.length } as CSSProperties} />
      ))}
    </div>
  );
}

/** True once per award and device. */
export function firstTime(id: number): boolean {
  let seen: number[] = [];
  try {
    seen = JSON.parse(localStorage.getItem(stored) ?? '[]') as number[];
  } catch {
    seen = [];
  }
  if (seen.includes(id)) return false;
  try {
    localStorage.setItem(stored, JSON.stringify([...seen, id].slice(-remembered)));
  } catch {
    // Without storage it may be celebrated again after a reload.
  }
  return true;
}
