// Exact decimals as text. Numbers travel as decimal strings and never become floats here: reading, shifting the
// point and grouping are done on the digits.

const FULL_WIDTH = '０１２３４５６７８９．，－＋％￥（）';
const HALF_WIDTH = '0123456789.,-+%¥()';

/** Powers of ten of the Chinese counting words that people type after a figure. */
const COUNTING: [string, number][] = [
  ['万亿', 12],
  ['亿', 8],
  ['千万', 7],
  ['百万', 6],
  ['万', 4],
  ['千', 3],
];

/** The most digits that a number may have: an int64 holds 18 in full. */
export const MAX_DIGITS = 18;

/** Full-width digits and signs as half-width ones. */
export function halfWidth(text: string): string {
  let out = '';
  for (const ch of text) {
    const at = FULL_WIDTH.indexOf(ch);
    out += at < 0 ? ch : HALF_WIDTH[at];
  }
  return out;
}

/** Moves the decimal point: shiftPoint("12.5", -2) is "0.125". */
export function shiftPoint(decimal: string, places: number): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  let digits = whole + fraction;
  let point = whole.length + places;
  if (point <= 0) {
    digits = '0'.repeat(1 - point) + digits;
    point = 1;
  }
  if (point > digits.length) digits = digits.padEnd(point, '0');
  return tidy(`${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`);
}

/** Drops leading and trailing zeros: "-007.50" is "-7.5", "-0" is "0". */
export function tidy(decimal: string): string {
  const negative = decimal.startsWith('-');
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const left = whole.replace(/^0+(?=\d)/, '') || '0';
  const right = fraction.replace(/0+$/, '');
  const out = right ? `${left}.${right}` : left;
  return negative && /[1-9]/.test(out) ? `-${out}` : out;
}

/** How many places follow the point. */
export function places(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}

/**
 * Reads a figure as people type it: thousands separators, ¥ $ €, a trailing currency code, full-width digits,
 * (12) for minus twelve, 万 and 亿, and %. Returns null for anything that could be read in two ways.
 */
export function readDecimal(text: string): string | null {
  let s = halfWidth(text).replace(/[\s\u00a0_]/g, '');
  let negative = false;
  if (/^\(.*\)$/.test(s)) {
    negative = true;
    s = s.slice(1, -1);
  }
  s = s
    .replace(/^([-+−]?)(?:RMB|CNY|USD|EUR|JPY|HKD|GBP|[¥$€£])/i, '$1')
    .replace(/(?:元|CNY|RMB|USD|EUR|JPY|HKD|GBP)$/i, '');
  s = s.replace(/^−/, '-');
  let shift = 0;
  if (s.endsWith('%')) {
    shift = -2;
    s = s.slice(0, -1);
  } else {
    for (const [word, power] of COUNTING) {
      if (s.endsWith(word)) {
        shift = power;
        s = s.slice(0, -word.length);
        break;
      }
    }
  }
  if (s.startsWith('-')) {
    negative = !negative;
    s = s.slice(1);
  } else if (s.startsWith('+')) {
    s = s.slice(1);
  }
  if (s.includes(',')) {
    if (!/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(s) && !/^\d{1,4}(,\d{4})+(\.\d+)?$/.test(s)) return null;
    s = s.replaceAll(',', '');
  }
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(s)) return null;
  const value = shiftPoint(`${negative ? '-' : ''}${s}`, shift);
  return value.replace(/[-.]/g, '').length > MAX_DIGITS ? null : value;
}

/** Groups thousands and pads to the given places: group("1234567.5", 2) is "1,234,567.50". Never rounds. */
export function group(decimal: string, scale = 0): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const left = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const right = fraction.padEnd(scale, '0');
  return `${negative ? '-' : ''}${left}${right ? `.${right}` : ''}`;
}

const CURRENCY_SIGNS: Record<string, string[]> = {
  '¥': ['CNY', 'JPY'],
  '￥': ['CNY', 'JPY'],
  $: ['USD', 'HKD', 'AUD', 'CAD', 'SGD', 'TWD', 'NZD', 'MXN'],
  '€': ['EUR'],
  '£': ['GBP'],
  RMB: ['CNY'],
  CNY: ['CNY'],
  USD: ['USD'],
  EUR: ['EUR'],
  JPY: ['JPY'],
  HKD: ['HKD'],
  GBP: ['GBP'],
};

/** Whether a figure may be of this currency: false when a sign or a code of another stands with it. */
export function fitsCurrency(text: string, currency: string): boolean {
  const sign = text.match(/^[¥￥$€£]|CNY|RMB|USD|EUR|JPY|HKD|GBP/i)?.[0]?.toUpperCase();
  return !sign || !CURRENCY_SIGNS[sign] || CURRENCY_SIGNS[sign].includes(currency);
}
