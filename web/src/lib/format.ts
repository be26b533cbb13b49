import type { Language } from './i18n';

/**
 * Numbers arrive as decimal strings and stay strings: formatting inserts separators and signs and never
 * goes through a float, so ¥90,071,992,547,409.93 is shown as it is.
 */
export interface AmountLike {
  amount: string;
  currency: string;
}

/** What stands for "no value": it is not zero. */
export const noValue = '—';

const symbols: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', JPY: 'JP¥', TWD: 'NT$' };
const decimal = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** "1234567.5" → "1,234,567.5"; a text that is no number is returned as it is. */
export function formatNumber(text: string | null | undefined): string {
  if (text === null || text === undefined || text === '') return noValue;
  const match = decimal.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction] = match;
  return `${sign === '-' ? '-' : ''}${group(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** {"1236.00", CNY} → "¥1,236.00"; `sign` also writes a plus. */
export function formatAmount(amount: AmountLike | null | undefined, sign = false): string {
  if (!amount) return noValue;
  const match = decimal.exec(amount.amount);
  if (!match) return amount.amount;
  const negative = match[1] === '-';
  const symbol = symbols[amount.currency] ?? `${amount.currency} `;
  const unsigned = formatNumber(amount.amount.replace(/^[+-]/, ''));
  const lead = negative ? '-' : sign && !isZero(amount.amount) ? '+' : '';
  return `${lead}${symbol}${unsigned}`;
}

/** For tight places: drops ".00" and nothing else, so the figure stays exact. */
export function formatAmountShort(amount: AmountLike | null | undefined, sign = false): string {
  return formatAmount(amount, sign).replace(/\.0+$/, '');
}

export function isNegative(text: string): boolean {
  return text.startsWith('-') && !isZero(text);
}

export function isZero(text: string): boolean {
  return /^[+-]?0*(?:\.0*)?$/.test(text);
}

/** a − b of two amounts of one currency, exactly; null where the currencies differ. */
export function subtract(a: AmountLike, b: AmountLike): AmountLike | null {
  if (a.currency !== b.currency) return null;
  const places = Math.max(placesOf(a.amount), placesOf(b.amount));
  return { amount: unscale(scale(a.amount, places) - scale(b.amount, places), places), currency: a.currency };
}

/** Sum of amounts of one currency, exactly; null for none or mixed currencies. */
export function sum(amounts: readonly AmountLike[]): AmountLike | null {
  const first = amounts[0];
  if (!first || amounts.some((each) => each.currency !== first.currency)) return null;
  const places = Math.max(...amounts.map((each) => placesOf(each.amount)));
  const total = amounts.reduce((so_far, each) => so_far + scale(each.amount, places), 0n);
  return { amount: unscale(total, places), currency: first.currency };
}

/** For the height of a bar or the width of a progress only: never shown, never compared. */
export function approximate(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : 0;
}

/** 0…1000 → "82%"; shown rounded down, so that 100% means done. */
export function formatPermille(permille: number): string {
  return `${Math.floor(permille / 10)}%`;
}

/**
 * "2026-Q1" → 2026 年第 1 季度 / Q1 2026; other labels as they come. A part of a period that was split between two versions
 * ("2026-Q1 01-01..02-14") has its days behind it.
 */
export function formatPeriod(label: string, language: Language): string {
  const part = /^(.+) (\d\d)-(\d\d)\.\.(\d\d)-(\d\d)$/.exec(label);
  if (part) {
    const [, whole = '', m1, d1, m2, d2] = part;
    const days =
      language === 'zh'
        ? `（${Number(m1)} 月 ${Number(d1)} 日至 ${Number(m2)} 月 ${Number(d2)} 日）`
        : ` (${monthsEn[Number(m1) - 1]?.slice(0, 3)} ${Number(d1)} to ${monthsEn[Number(m2) - 1]?.slice(0, 3)} ${Number(d2)})`;
    return formatPeriod(whole, language) + days;
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(label);
  if (quarter) return language === 'zh' ? `${quarter[1]} 年第 ${quarter[2]} 季度` : `Q${quarter[2]} ${quarter[1]}`;
  const half = /^(\d{4})-H([12])$/.exec(label);
  if (half) return language === 'zh' ? `${half[1]} 年${half[2] === '1' ? '上' : '下'}半年` : `H${half[2]} ${half[1]}`;
  const week = /^(\d{4})-W(\d{2})$/.exec(label);
  if (week) return language === 'zh' ? `${week[1]} 年第 ${Number(week[2])} 周` : `week ${Number(week[2])}, ${week[1]}`;
  const month = /^(\d{4})-(\d{2})$/.exec(label);
  if (month)
    return language === 'zh'
      ? `${month[1]} 年 ${Number(month[2])} 月`
      : `${monthsEn[Number(month[2]) - 1]} ${month[1]}`;
  const year = /^(\d{4})$/.exec(label);
  if (year) return language === 'zh' ? `${label} 年` : label;
  return label;
}

const monthsEn = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function group(whole: string): string {
  const digits = whole.replace(/^0+(?=\d)/, '');
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

function placesOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

function scale(text: string, places: number): bigint {
  const match = decimal.exec(text);
  if (!match) return 0n;
  const digits = BigInt(`${match[2]}${(match[3] ?? '').padEnd(places, '0')}`);
  return match[1] === '-' ? -digits : digits;
}

function unscale(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`;
  return `${value < 0n ? '-' : ''}${whole}${fraction}`;
}
