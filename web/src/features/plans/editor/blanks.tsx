import { Input, Select } from 'antd';
import { createContext, type ReactNode, useContext } from 'react';
import { formatNumber } from '@/lib/format';
import { useWords } from '@/lib/i18n';
import { percentShown, percentTyped } from './percent';
import { words } from './words';

/** Faults of the plan by field, as the server names them. */
export const FaultsContext = createContext<Record<string, string>>({});

/** Where in the definition the parameters of a sentence stand: "params", or "params.rule.params" of a rule within a rule. */
export const PlaceContext = createContext('');

export function useFault(field: string | undefined): string | undefined {
  const faults = useContext(FaultsContext);
  const place = useContext(PlaceContext);
  if (field === undefined) return undefined;
  if (place === '') return faults[field];
  // The plan's reward stands beside the parameters, and its blank among theirs.
  return faults[`${place}.${field}`] ?? (/^reward\b/.test(field) ? faults[field] : undefined);
}

/** The first fault of lists that are one blank, or of their entries: "excludes", "excludes[2]". */
export function useFaultWithin(...fields: string[]): string | undefined {
  const faults = useContext(FaultsContext);
  const place = useContext(PlaceContext);
  const paths = fields.map((each) => (place === '' ? each : `${place}.${each}`));
  const at = Object.keys(faults).find((each) => paths.some((path) => each === path || each.startsWith(`${path}[`)));
  return at && faults[at];
}

interface NumberProps {
  value: string | undefined;
  onChange: (value: string) => void;
  label: string;
  /** Field of the definition, for its fault. */
  field?: string;
  placeholder?: string;
  /** "¥" before, "%" after. */
  prefix?: string;
  suffix?: string;
  /** An empty blank is marked. */
  required?: boolean;
  /** What is typed means per cent: "95" is kept as "95%". */
  percent?: boolean;
}

/** A number in a sentence. What is typed is kept as text: full-width digits and separators are mended, nothing is rounded. */
export function NumberBlank({
  value,
  onChange,
  label,
  field,
  placeholder,
  prefix,
  suffix: unit,
  required,
  percent,
}: NumberProps) {
  const t = useWords(words);
  const fault = useFault(field);
  const shown = percent ? percentShown(value) : (value ?? '');
  const suffix = percent ? '%' : unit;
  const hint = required ? exampleOf(placeholder, t) : placeholder;
  return (
    <Marked fault={fault} empty={required && shown === ''}>
      <Input
        className="blank blank-number"
        variant="borderless"
        aria-label={label}
        aria-invalid={fault ? true : undefined}
        title={fault}
        inputMode="decimal"
        // Always there, empty or not: antd rebuilds the input, and it loses the focus, when one comes or goes.
        prefix={<span>{prefix}</span>}
        suffix={<span>{suffix}</span>}
        placeholder={hint}
        maxLength={24}
        style={{
          width: `${widthOf(shown || hint || '') + widthOf(prefix ?? '') + widthOf(suffix ?? '') + 4.5}ch`,
        }}
        value={shown}
        onChange={(event) => {
          const typed = tidyNumber(event.target.value);
          onChange(percent ? percentTyped(typed) : typed);
        }}
      />
    </Marked>
  );
}

/**
 * What stands in an empty blank that must be filled is an example, and says that it is one: a bare number would read as
 * filled in. In any other blank it is what leaving it empty means.
 */
export function exampleOf(
  placeholder: string | undefined,
  t: (key: 'for_example', values: { example: string }) => string,
) {
  return placeholder && /^[1-9]/.test(placeholder) ? t('for_example', { example: grouped(placeholder) }) : placeholder;
}

/** "1000000" → "1,000,000", a unit behind it stays. */
const grouped = (example: string) => example.replace(/^\d+/, (digits) => formatNumber(digits));

/** Width of a text in digits: a Chinese sign is as wide as two. */
export function widthOf(text: string): number {
  return Array.from(text).reduce((so_far, sign) => so_far + (sign > '\u2e7f' ? 2 : 1), 0);
}

/** "１，２００ " → "1200": digits as a program reads them. */
export function tidyNumber(text: string): string {
  return text
    .replace(/[０-９]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[％]/g, '%')
    .replace(/[。．]/g, '.')
    .replace(/[,，\s¥￥]/g, '');
}

interface Option<T extends string> {
  value: T;
  label: ReactNode;
}

interface ChoiceProps<T extends string> {
  value: T | undefined;
  onChange: (value: T) => void;
  options: readonly (Option<T> | { label: ReactNode; options: readonly Option<T>[] })[];
  label: string;
  field?: string;
  placeholder?: string;
  search?: boolean;
}

/** A choice in a sentence. */
export function ChoiceBlank<T extends string>({
  value,
  onChange,
  options,
  label,
  field,
  placeholder,
  search,
}: ChoiceProps<T>) {
  const fault = useFault(field);
  return (
    <Marked fault={fault} empty={!value}>
      <Select
        className="blank"
        variant="borderless"
        aria-label={label}
        title={fault}
        // null keeps the choice in our hands while it is empty; undefined would let the control remember one.
        value={value || null}
        placeholder={placeholder}
        onChange={(next) => onChange(next as T)}
        options={options as Option<T>[]}
        popupMatchSelectWidth={false}
        showSearch={search ? { optionFilterProp: 'label' } : false}
      />
    </Marked>
  );
}

/** A blank with its mark: empty, at fault, or filled. */
export function Marked({ fault, empty, children }: { fault?: string; empty?: boolean; children: ReactNode }) {
  return (
    <span className={`blank-mark${fault ? ' blank-fault' : ''}${empty ? ' blank-empty' : ''}`}>
      {children}
      {fault && (
        <span className="blank-note" role="alert">
          {fault}
        </span>
      )}
    </span>
  );
}

/** Options of a fixed list of words: key → label. */
export function choices<T extends string>(values: readonly T[], label: (value: T) => string) {
  return values.map((value) => ({ value, label: label(value) }));
}
