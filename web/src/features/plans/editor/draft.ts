import dayjs from 'dayjs';
import type { PlanDef } from '@/api/types';
import { freeKey, slug } from '@/components/metric/draft';
import { missingAround, parts } from './around';
import { shapeOf } from './shapes';
import type { Params } from './shapes/shape';

/** A fresh sentence: everybody, by quarter, 每满. */
export function emptyPlan(): PlanDef {
  return {
    key: '',
    name: { zh: '', en: '' },
    description: { zh: '', en: '' },
    metric: '',
    shape: 'every',
    params: shapeOf('every').start(),
    reward: { kind: 'cash', amount: '' },
    subject: 'person',
    audience: {},
    period: 'quarter',
    judged: 'at_once',
    visibility: 'full',
    rounding: 'half_even',
  };
}

/** A definition from the server with its defaults written out and its numbers as text, as the blanks hold them. */
export function opened(def: PlanDef): PlanDef {
  const { key, name, metric, shape, period, reward } = def;
  const fresh = emptyPlan();
  const kept = Object.fromEntries(
    // How it begins is chosen when it is published.
    Object.entries(def).filter(
      ([field, value]) => field !== 'begins' && value !== '' && value !== null && value !== undefined,
    ),
  );
  return {
    ...fresh,
    ...kept,
    key,
    name,
    metric: metric ?? '',
    shape,
    period,
    reward,
    params: numbersAsText(paramsOf(def)) as Params,
  };
}

/** Keys whose values stay numbers: they count, and the server reads them as such. */
const counted = new Set(['place', 'level']);

function numbersAsText(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return counted.has(key) ? value : String(value);
  if (Array.isArray(value)) return value.map((each) => numbersAsText(each));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, numbersAsText(each, name)]));
  }
  return value;
}

export const paramsOf = (def: PlanDef): Params =>
  typeof def.params === 'object' && def.params !== null ? (def.params as Params) : {};

/** Another shape starts with its own parameters; the reward stays as far as it fits. */
export function withShape(def: PlanDef, shape: PlanDef['shape']): PlanDef {
  if (shape === def.shape) return def;
  const editor = shapeOf(shape);
  const kind = editor.computesAmount && !['cash', 'points'].includes(def.reward.kind) ? 'cash' : def.reward.kind;
  const reward = editor.computesAmount ? { ...def.reward, kind, amount: undefined } : def.reward;
  return { ...def, shape, params: editor.start(), reward, judged: shape === 'rank' ? 'period_end' : def.judged };
}

/** The blanks of the rule that must be filled before it means something. */
export function missingOfRule(def: PlanDef): string[] {
  return [
    ...(def.metric || def.earned ? [] : ['metric']),
    ...shapeOf(def.shape).missing(paramsOf(def), def.reward),
    ...missingAround(def),
  ];
}

export function missingBlanks(def: PlanDef): string[] {
  return [...(isNamed(def) ? [] : ['name']), ...missingOfRule(def)];
}

const isNamed = (def: PlanDef) => Boolean(def.name.zh.trim() || def.name.en.trim());

/** A plan that is only tried has any name, because the server refuses one without. */
export const withAnyName = (def: PlanDef): PlanDef => (isNamed(def) ? def : { ...def, name: { zh: '—', en: '—' } });

/** What is sent: empty optional parts left out, a key made from the name where there is none. */
export function toSend(def: PlanDef, taken: readonly string[]): PlanDef {
  const params = Object.fromEntries(
    Object.entries(paramsOf(def)).filter(([, value]) => value !== '' && value !== undefined),
  );
  const key =
    def.key ||
    freeKey(
      slug(def.name.en, '-') || slug(def.name.zh, '-') || slug(`${def.shape}-${def.metric}`, '-') || 'plan',
      taken,
      '-',
    );
  const computed = shapeOf(def.shape).computesAmount;
  const reward = { ...def.reward, amount: computed || !def.reward.amount ? undefined : def.reward.amount };
  // What is absent around the rule is left out altogether.
  const absent = Object.assign({}, ...parts.filter((part) => !part.present(def)).map((part) => part.none));
  return { ...def, ...absent, metric: def.earned ? undefined : def.metric, key, params, reward };
}

/** First day of the period that a day lies in; the fiscal year begins with the given month (1…12). */
export function periodStart(period: PlanDef['period'], day: string, fiscalStartMonth: number): string {
  const date = dayjs(day);
  // Weeks start on Monday.
  // A plan that lists its periods says itself when they begin.
  if (period === 'custom') return day;
  if (period === 'week') return date.subtract((date.day() + 6) % 7, 'day').format('YYYY-MM-DD');
  const months = { month: 1, quarter: 3, half: 6, year: 12 }[period];
  const into = (date.month() + 12 - (fiscalStartMonth - 1)) % months;
  return date.startOf('month').subtract(into, 'month').format('YYYY-MM-DD');
}

export type Range = readonly [from: string, to: string];

const spans: Record<PlanDef['period'], readonly [number, 'week' | 'month' | 'year']> = {
  week: [12, 'week'],
  month: [12, 'month'],
  quarter: [24, 'month'],
  half: [24, 'month'],
  year: [36, 'month'],
  custom: [36, 'month'],
};

/** The stretch from the first to the last day of the periods that a plan lists; none while their days are not all there. */
export function listedRange(periods: PlanDef['periods']): Range | undefined {
  const listed = periods ?? [];
  if (listed.length === 0 || listed.some((each) => !each.from || !each.last)) return undefined;
  const first = listed.map((each) => each.from).sort()[0] ?? '';
  const last =
    listed
      .map((each) => each.last)
      .sort()
      .at(-1) ?? '';
  return [first, dayjs(last).add(1, 'day').format('YYYY-MM-DD')];
}

/** The first day on which a plan would begin to judge: the one of the period that runs now, or of the first that is listed. */
export function firstDay(def: PlanDef, today: string, fiscalStartMonth: number): string {
  if (def.period !== 'custom') return periodStart(def.period, today, fiscalStartMonth);
  const starts = (def.periods ?? []).filter((each) => each.last >= today).map((each) => each.from);
  return starts.sort()[0] ?? listedRange(def.periods)?.[0] ?? today;
}

/** The first day of the period after the one of a day; none where no later one is listed. */
export function nextDay(def: PlanDef, day: string, fiscalStartMonth: number): string | undefined {
  if (def.period === 'custom') {
    return (def.periods ?? [])
      .map((each) => each.from)
      .filter((from) => from > day)
      .sort()[0];
  }
  const start = periodStart(def.period, day, fiscalStartMonth);
  let next = dayjs(day);
  while (periodStart(def.period, next.format('YYYY-MM-DD'), fiscalStartMonth) === start) next = next.add(1, 'day');
  return next.format('YYYY-MM-DD');
}

/**
 * The day that the publish dialog proposes. What already judges is replaced from the next period on, so that nothing that
 * was paid changes unasked; a plan that never judged begins where its definition says, or with the running period.
 */
export function proposedDay(
  def: PlanDef,
  judgedFrom: string | undefined,
  today: string,
  fiscalStartMonth: number,
): string {
  const now = firstDay(def, today, fiscalStartMonth);
  if (judgedFrom === undefined) return def.effective_from || now;
  // A version that is to begin later still is not anticipated.
  return nextDay(def, judgedFrom > today ? judgedFrom : today, fiscalStartMonth) ?? now;
}

/** The period that runs on a day and does not begin on it, by the first day of the next one; none on a first day or in a gap. */
export function runningOn(
  def: PlanDef,
  day: string,
  fiscalStartMonth: number,
): { next: string | undefined } | undefined {
  if (def.period === 'custom') {
    const running = (def.periods ?? []).find((each) => each.from < day && day <= each.last);
    return running && { next: firstDay(def, dayjs(running.last).add(1, 'day').format('YYYY-MM-DD'), fiscalStartMonth) };
  }
  const start = periodStart(def.period, day, fiscalStartMonth);
  if (start === day) return undefined;
  return { next: nextDay(def, day, fiscalStartMonth) };
}

/** The stretch of history that shows enough periods, ending with the newest data. */
export function rangeFor(period: PlanDef['period'], newest: string): Range {
  const [count, unit] = spans[period];
  const end = dayjs(newest).add(1, 'day');
  return [end.subtract(count, unit).startOf('month').format('YYYY-MM-DD'), end.format('YYYY-MM-DD')];
}

/** Faults of the server by field, without the "definition." that a preview may put before. */
export function faultsOf(problems: readonly { field?: string; detail: string }[]): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const each of problems) faults[(each.field ?? '').replace(/^(body\.)?(definition\.)?/, '')] ??= each.detail;
  return faults;
}
