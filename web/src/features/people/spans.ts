import dayjs from 'dayjs';

/**
 * A span of days as people write it: the first and the last day, both included; empty means open. The wire's end is
 * the first day outside.
 */
export interface Span {
  /** A unit's or manager's id, or a position's name; 0 or empty while nothing is chosen. */
  id: number | string;
  from: string;
  last: string;
  lead: boolean;
}

const format = 'YYYY-MM-DD';
/** Days before it stand for "since ever" on the wire. */
const firstYear = 1000;

export function fromWire(span: { from?: string; to?: string | null }): Pick<Span, 'from' | 'last'> {
  const open = !span.from || Number(span.from.slice(0, 4)) < firstYear;
  return {
    from: open ? '' : (span.from as string),
    last: span.to ? dayjs(span.to).subtract(1, 'day').format(format) : '',
  };
}

export function toWire(span: Pick<Span, 'from' | 'last'>): { from?: string; to?: string } {
  return {
    ...(span.from ? { from: span.from } : {}),
    ...(span.last ? { to: dayjs(span.last).add(1, 'day').format(format) } : {}),
  };
}

export type SpanFault = 'nobody' | 'backwards' | 'overlap';

/**
 * What is wrong with each span, by its place. One may belong to several units at once, but twice to the same one, or
 * to two managers, on no day.
 */
export function faultsOf(spans: readonly Span[], exclusive: boolean): Map<number, SpanFault> {
  const faults = new Map<number, SpanFault>();
  spans.forEach((span, at) => {
    if (!span.id) faults.set(at, 'nobody');
    else if (span.from && span.last && span.last < span.from) faults.set(at, 'backwards');
    else if (
      spans.some((other, i) => i < at && other.id && (exclusive || other.id === span.id) && overlap(other, span))
    )
      faults.set(at, 'overlap');
  });
  return faults;
}

function overlap(a: Span, b: Span): boolean {
  const startsBeforeEnd = (x: Span, y: Span) => !x.from || !y.last || x.from <= y.last;
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a);
}

/** Ends the open span the day before a new one begins, as when somebody moves to another team or manager. */
export function follow(spans: readonly Span[], next: Span): Span[] {
  if (!next.from) return [...spans, next];
  const before = dayjs(next.from).subtract(1, 'day').format(format);
  return [
    ...spans.map((s) => (s.last === '' && (s.from === '' || s.from < next.from) ? { ...s, last: before } : s)),
    next,
  ];
}

export function isCurrent(span: Span, today: string): boolean {
  return (!span.from || span.from <= today) && (!span.last || today <= span.last);
}
