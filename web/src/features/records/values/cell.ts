import { type Field, isMoney, type Text, type Wire } from '@/features/objects/model';
import { fitsCurrency, group, places, readDecimal, shiftPoint } from '@/lib/decimal';
import type { Language } from '@/lib/i18n';
import { readDay, readMoment, showMoment } from './dates';

/** What reading and showing a cell needs to know beside its field. */
export interface CellContext {
  language: Language;
  /** IANA name of the organisation's time zone. */
  zone: string;
  /** Display names of references: field key → id → name. */
  labels: Record<string, Record<string, string>>;
}

/** A typed text becomes a value, a reason why not, or a name that must be looked up among people or records. */
export type Read = { value: Wire } | { problem: Text } | { lookUp: string };

/** The longest text of one line, and of a long text, in characters. */
export const MAX_TEXT = 1_000;
export const MAX_LONG_TEXT = 100_000;

const YES = new Set(['是', '有', '对', '真', 'yes', 'y', 'true', '1', '✓', '√', 'on']);
const NO = new Set(['否', '无', '不', '假', 'no', 'n', 'false', '0', '✗', '×', 'off']);

/** Reads what a person typed or pasted into a cell of this field. Empty text empties the cell. */
export function readCell(field: Field, typed: string, context: CellContext): Read {
  const text = field.type === 'longtext' ? typed : typed.trim();
  if (text === '')
    return field.required
      ? { problem: { zh: `“${field.name.zh}”不能为空`, en: `${field.name.en} cannot be empty` } }
      : { value: null };
  return readers[field.type](field, text, context);
}

type Reader = (field: Field, text: string, context: CellContext) => Read;

const readers: Record<Field['type'], Reader> = {
  text: (_, text) => limit(text.replace(/\s*\n\s*/g, ' '), MAX_TEXT),
  longtext: (_, text) => limit(text, MAX_LONG_TEXT),
  number: (field, text) => scaled(field, readDecimal(text), field.scale),
  percent: (field, text) => {
    // A bare 12.5 in a column of percents means 12.5 %; the value is the fraction.
    const decimal = readDecimal(/[%％]\s*$/.test(text) ? text : `${text}%`);
    return scaled(field, decimal, field.scale || 4);
  },
  money: (field, text) => {
    if (!fitsCurrency(text, field.currency)) {
      return {
        problem: {
          zh: `此列的币种是 ${field.currency}，请换算后再填`,
          en: `This column is in ${field.currency}: convert the amount first`,
        },
      };
    }
    const read = scaled(field, readDecimal(text), minorUnits(field.currency));
    return 'value' in read ? { value: { amount: String(read.value), currency: field.currency } } : read;
  },
  date: (_, text) => {
    const day = readDay(text);
    return day
      ? { value: day }
      : { problem: { zh: '请写成 2026-03-31 这样的日期', en: 'Write a date like 2026-03-31' } };
  },
  datetime: (_, text, { zone }) => {
    const at = readMoment(text, zone);
    return at
      ? { value: at }
      : { problem: { zh: '请写成 2026-03-31 14:30 这样的时间', en: 'Write a time like 2026-03-31 14:30' } };
  },
  bool: (_, text) => {
    const word = text.toLowerCase();
    if (YES.has(word)) return { value: true };
    if (NO.has(word)) return { value: false };
    return { problem: { zh: '请填“是”或“否”', en: 'Write yes or no' } };
  },
  choice: (field, text) => {
    const key = choiceKey(field, text);
    return key ? { value: key } : { problem: unknownChoice(field, text) };
  },
  choices: (field, text) => {
    const keys: string[] = [];
    for (const part of text.split(/[,，、;；\n]/)) {
      if (part.trim() === '') continue;
      const key = choiceKey(field, part.trim());
      if (!key) return { problem: unknownChoice(field, part.trim()) };
      if (!keys.includes(key)) keys.push(key);
    }
    return { value: keys };
  },
  person: (_, text) => ({ lookUp: text }),
  relation: (_, text) => ({ lookUp: text }),
  autonumber: () => ({ problem: { zh: '编号由系统产生', en: 'Laurel numbers this column' } }),
};

/** Minor units of ISO 4217 that are not two. */
export function minorUnits(currency: string): number {
  if (['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'PYG', 'UGX', 'XAF', 'XOF', 'XPF'].includes(currency)) return 0;
  if (['KWD', 'BHD', 'OMR', 'TND', 'JOD', 'IQD', 'LYD'].includes(currency)) return 3;
  return 2;
}

export function currencySign(currency: string): string {
  return { CNY: '¥', JPY: '¥', USD: '$', EUR: '€', GBP: '£' }[currency] ?? `${currency} `;
}

function limit(text: string, most: number): Read {
  return text.length <= most
    ? { value: text }
    : {
        problem: {
          zh: `最多 ${most} 个字，现有 ${text.length} 个`,
          en: `At most ${most} characters, this has ${text.length}`,
        },
      };
}

function scaled(field: Field, decimal: string | null, scale: number): Read {
  if (decimal === null)
    return {
      problem: { zh: `“${field.name.zh}”要填数字，如 1,234.5`, en: `${field.name.en} takes a number, like 1,234.5` },
    };
  const shown = field.type === 'percent' ? Math.max(0, scale - 2) : scale;
  if (places(decimal) > scale) {
    return {
      problem: {
        zh: shown === 0 ? '此列不带小数' : `此列最多 ${shown} 位小数`,
        en: shown === 0 ? 'This column takes whole numbers' : `This column takes at most ${shown} decimals`,
      },
    };
  }
  return { value: decimal };
}

function choiceKey(field: Field, text: string): string | undefined {
  const word = text.toLowerCase();
  return field.choices.find((c) => [c.key, c.name.zh, c.name.en].some((name) => name.toLowerCase() === word))?.key;
}

function unknownChoice(field: Field, text: string): Text {
  const known = (language: Language) => field.choices.slice(0, 6).map((c) => c.name[language] || c.key);
  return {
    zh: `没有“${text}”这个选项，可选：${known('zh').join('、')}`,
    en: `There is no choice "${text}". Choose from: ${known('en').join(', ')}`,
  };
}

/** A cell as people read it. */
export function showCell(field: Field, value: Wire | undefined, context: CellContext): string {
  if (value === null || value === undefined) return '';
  switch (field.type) {
    case 'number':
      return group(String(value), field.scale);
    case 'percent':
      return `${group(shiftPoint(String(value), 2), Math.max(0, field.scale - 2))}%`;
    case 'money':
      return isMoney(value)
        ? `${currencySign(value.currency)}${group(value.amount, minorUnits(value.currency))}`.replace(
            /^([^-]+)-/,
            '-$1',
          )
        : group(String(value), minorUnits(field.currency));
    case 'datetime':
      return showMoment(String(value), context.zone);
    case 'bool':
      return value ? { zh: '是', en: 'Yes' }[context.language] : { zh: '否', en: 'No' }[context.language];
    case 'choice':
      return choiceName(field, String(value), context.language);
    case 'choices':
      return Array.isArray(value)
        ? value.map((key) => choiceName(field, key, context.language)).join(context.language === 'zh' ? '、' : ', ')
        : String(value);
    case 'person':
    case 'relation':
      return context.labels[field.key]?.[String(value)] ?? `#${value}`;
    default:
      return String(value);
  }
}

export function choiceName(field: Field, key: string, language: Language): string {
  const choice = field.choices.find((c) => c.key === key);
  return choice ? choice.name[language] || choice.key : key;
}

/** A cell as the text that an editor opens with and the clipboard carries: reading it gives the value again. */
export function editCell(field: Field, value: Wire | undefined, context: CellContext): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'money') return isMoney(value) ? value.amount : String(value);
  if (field.type === 'number') return String(value);
  if (field.type === 'percent') return `${shiftPoint(String(value), 2)}%`;
  if (field.type === 'datetime') return showMoment(String(value), context.zone, !String(value).includes(':00Z'));
  return showCell(field, value, context);
}

/** Figures stand to the right. */
export function isFigure(field: Field): boolean {
  return field.type === 'number' || field.type === 'money' || field.type === 'percent';
}

export function isNegative(value: Wire | undefined): boolean {
  return String(isMoney(value) ? value.amount : value).startsWith('-');
}
