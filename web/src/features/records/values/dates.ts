import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone';
import utc from 'dayjs/plugin/utc';
import { halfWidth } from '@/lib/decimal';

dayjs.extend(utc);
dayjs.extend(timezone);

/** Which of day, month and year comes first in a date written with bars; "ymd" accepts nothing ambiguous. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy';

/** Reads a day as people type it (2026/3/5, 2026年3月5日, 2026.3.5, 20260305) into 2026-03-05; null when it is none. */
export function readDay(text: string, order: DateOrder = 'ymd'): string | null {
  const s = halfWidth(text).trim();
  const first =
    s.match(/^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/) ?? s.match(/^(\d{4})(\d{2})(\d{2})$/);
  if (first) return dayOf(first[1], first[2], first[3]);
  const last = s.match(/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/);
  if (!last || order === 'ymd') return null;
  return order === 'mdy' ? dayOf(last[3], last[1], last[2]) : dayOf(last[3], last[2], last[1]);
}

function dayOf(year = '', month = '', day = ''): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null;
  return `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** Reads a moment in the organisation's time zone ("2026-03-05 14:30") or with its own offset, as RFC 3339 UTC. */
export function readMoment(text: string, zone: string): string | null {
  const s = halfWidth(text).trim();
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(s)) {
    const at = dayjs(s);
    return at.isValid() ? rfc(at) : null;
  }
  const parts = s.match(/^(.+?)(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/);
  const day = parts ? readDay(parts[1] ?? '') : null;
  if (!parts || !day) return null;
  const [hour, minute, second] = [parts[2] ?? '0', parts[3] ?? '00', parts[4] ?? '00'];
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return rfc(dayjs.tz(`${day}T${hour.padStart(2, '0')}:${minute}:${second}`, zone));
}

function rfc(at: dayjs.Dayjs): string {
  return at.utc().format('YYYY-MM-DDTHH:mm:ss[Z]');
}

/** A moment on the wall clock of the organisation: "2026-03-05 14:30". */
export function showMoment(instant: string, zone: string, withSeconds = false): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : clock(zone, withSeconds).format(at);
}

/** Making a clock takes a hundred times as long as reading it, and a grid reads it for every cell. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string, withSeconds: boolean): Intl.DateTimeFormat {
  const name = `${zone} ${withSeconds}`;
  let made = clocks.get(name);
  if (!made) {
    const day = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    const time = { hour: '2-digit', minute: '2-digit', second: withSeconds ? '2-digit' : undefined } as const;
    // Swedish writes 2026-03-05 14:30.
    made = new Intl.DateTimeFormat('sv-SE', { ...day, ...time, hourCycle: 'h23', timeZone: zone });
    clocks.set(name, made);
  }
  return made;
}
