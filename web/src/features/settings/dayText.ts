/** What a pasted list of days says: the days in order, each once, and the pieces that are none. */
export interface PastedDays {
  days: string[];
  wrong: string[];
}

/** A range longer than this is a typing error rather than a holiday. */
const maxRangeDays = 62;

const day = String.raw`(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?`;
const compact = String.raw`(\d{4})(\d{2})(\d{2})`;
const short = String.raw`(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?`;
const between = String.raw`\s*(?:~|～|至|到|–|—|\.\.|\bto\b|-)\s*`;
/** What may follow a day: its name, such as 国庆节. A figure there is something that was not understood. */
const name = String.raw`(?:\s+[^\d]*)?`;

const oneDay = new RegExp(`^(?:${day}|${compact})${name}$`);
const range = new RegExp(`^${day}${between}(?:${day}|${short})${name}$`);

/**
 * Reads days as people paste them: one a line or parted by commas, 2026-10-01, 2026/10/1, 2026.10.1, 2026年10月1日,
 * 20261001, ranges (2026-10-01 ~ 2026-10-07, 2026年10月1日至10月7日), a name behind them.
 */
export function readDays(text: string): PastedDays {
  const days = new Set<string>();
  const wrong: PastedDays['wrong'] = [];
  for (const line of text.split('\n')) {
    for (const raw of line.split(/[,，、;；\t]+/)) {
      const piece = raw.replace(/[（(][^（）()]*[）)]/g, '').trim();
      if (piece === '' || /^[^\d]*$/.test(piece)) continue; // a name in a column of its own
      const found = daysOf(piece);
      if (found) for (const each of found) days.add(each);
      else wrong.push(raw.trim());
    }
  }
  if (days.size === 0 && wrong.length === 0 && text.trim() !== '') wrong.push(text.trim());
  return { days: [...days].sort(), wrong };
}

function daysOf(piece: string): string[] | null {
  const one = piece.match(oneDay);
  if (one) {
    const [year, month, date] = one[1] ? one.slice(1, 4) : one.slice(4, 7);
    const found = iso(year, month, date);
    return found ? [found] : null;
  }
  const two = piece.match(range);
  if (!two) return null;
  const from = iso(two[1], two[2], two[3]);
  const to = two[4] ? iso(two[4], two[5], two[6]) : iso(two[1], two[7], two[8]);
  if (!from || !to || to < from) return null;
  const out = [from];
  for (let next = after(from); next <= to; next = after(next)) {
    if (out.length >= maxRangeDays) return null;
    out.push(next);
  }
  return out;
}

function iso(year = '', month = '', date = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? text : null;
}

/** The day after a day. */
export function after(text: string): string {
  const at = new Date(`${text}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}

/** Days that follow each other, as one: [first, last]. The days are in order. */
export function runsOf(days: readonly string[]): [string, string][] {
  const runs: [string, string][] = [];
  for (const each of days) {
    const last = runs.at(-1);
    if (last && after(last[1]) === each) last[1] = each;
    else runs.push([each, each]);
  }
  return runs;
}

/** Names of the days of a week, Monday first, as the working calendar writes them. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export function weekdayOf(text: string): Weekday {
  return weekdays[(new Date(`${text}T00:00:00Z`).getUTCDay() + 6) % 7] as Weekday;
}
