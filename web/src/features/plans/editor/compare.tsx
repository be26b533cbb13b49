import { useQuery } from '@tanstack/react-query';
import { metricsQuery } from '@/api/plans';
import type { Metric } from '@/api/types';
import { useText } from '@/components/TextOf';
import { useWords } from '@/lib/i18n';
import { ChoiceBlank, choices, NumberBlank } from './blanks';
import { shareShown } from './percent';
import type { Params } from './shapes/shape';
import { figureOf } from './unit';
import { words } from './words';
import { compareWords } from './words_compare';

interface MetricBlankProps {
  value: string;
  onChange: (key: string) => void;
  field: string;
  /** What no metric at all reads as; without it one must be chosen. */
  none?: string;
  /** What the blank is for, where it is not simply "a metric". */
  label?: string;
  /** Something that stands for a metric, offered before all of them. */
  also?: { value: string; label: string };
}

/** Another metric in a sentence. */
export function MetricBlank({ value, onChange, field, none, label, also }: MetricBlankProps) {
  const t = useWords(words);
  const text = useText();
  const metrics = useQuery(metricsQuery).data ?? [];
  return (
    <ChoiceBlank
      label={label ?? t('blank_metric')}
      field={field}
      search
      placeholder={t('blank_metric')}
      // A choice must have a value; "-" stands for none.
      value={value || (none ? '-' : '')}
      onChange={(key) => onChange(key === '-' ? '' : key)}
      options={[
        ...(none ? [{ value: '-', label: none }] : []),
        ...(also ? [also] : []),
        ...metrics.map((each) => ({ value: each.key, label: text(each.name) || each.key })),
      ]}
    />
  );
}

export function useMetric(key: string): Metric | undefined {
  return (useQuery(metricsQuery).data ?? []).find((each) => each.key === key);
}

export type MarginKind = 'by' | 'points';

export const marginKind = (params: Params): MarginKind => ('points' in params ? 'points' : 'by');

/** The parameters with another margin; a share is always written with its sign. */
export function withMargin(params: Params, kind: MarginKind, typed: string): Params {
  const { by: _by, points: _points, ...rest } = params;
  if (kind === 'points') return { ...rest, points: typed };
  const number = typed.replace('%', '');
  return { ...rest, by: number && `${number}%` };
}

export const marginTyped = (params: Params): string => {
  const kind = marginKind(params);
  const value = params[kind] === undefined || params[kind] === null ? '' : String(params[kind]);
  return kind === 'by' ? shareShown(value) : value;
};

interface MarginProps {
  params: Params;
  onParams: (params: Params) => void;
  metric: Metric | undefined;
  label: string;
  /** Before the field's name: "steps[1]." */
  at?: string;
  required?: boolean;
}

/** How much of a margin, as a share or in the metric's own unit. */
export function MarginBlank({ params, onParams, metric, label, at = '', required }: MarginProps) {
  const kind = marginKind(params);
  const figure = kind === 'points' ? figureOf(metric) : { suffix: '%' };
  return (
    <NumberBlank
      label={label}
      field={`${at}${kind}`}
      required={required}
      {...figure}
      placeholder="10"
      value={marginTyped(params)}
      onChange={(typed) => onParams(withMargin(params, kind, typed))}
    />
  );
}

/** Whether a margin is a share or in the metric's own unit. */
export function MarginKindBlank({ params, onParams }: Pick<MarginProps, 'params' | 'onParams'>) {
  const t = useWords(compareWords);
  return (
    <ChoiceBlank
      label={t('kind_by')}
      value={marginKind(params)}
      onChange={(next) => onParams(withMargin(params, next, marginTyped(params)))}
      options={choices(['by', 'points'] as const, (key) => t(`kind_${key}`))}
    />
  );
}

/** Whether higher or lower is better, in the words of a shape. */
export function DirectionBlank({
  params,
  onChange,
  word,
}: {
  params: Params;
  onChange: (direction: string | undefined) => void;
  word: 'better' | 'beats';
}) {
  const t = useWords(compareWords);
  return (
    <ChoiceBlank
      label={t(`${word}_up`)}
      field="direction"
      value={params.direction === 'down' ? 'down' : 'up'}
      onChange={(next) => onChange(next === 'down' ? next : undefined)}
      options={choices(['up', 'down'] as const, (key) => t(`${word}_${key}`))}
    />
  );
}
