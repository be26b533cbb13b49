import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import type { Metric } from '@/api/types';
import { useWords } from '@/lib/i18n';
import { useText } from '../TextOf';
import type { Item, Measure } from './MeasureFields';
import { words } from './words';

/** The most metrics of one sum, as the server bounds them. */
const maxTerms = 20;

export type Term = NonNullable<Measure['terms']>[number];

interface Props {
  measure: Measure;
  onChange: (measure: Measure) => void;
  item: (field: string, label: string) => Item;
  metrics: readonly Metric[];
  /** Key of the metric that is defined: it is no term of itself. */
  own: string;
}

/** The metrics of a sum, each so many times and of its period. */
export function CombineFields({ measure, onChange, item, metrics, own }: Props) {
  const t = useWords(words);
  const text = useText();
  const terms = measure.terms ?? [];
  const set = (next: Term[]) => onChange({ ...measure, terms: next });
  const change = (at: number, part: Partial<Term>) =>
    set(terms.map((each, index) => (index === at ? { ...each, ...part } : each)));
  const choices = metrics
    .filter((each) => each.key !== own)
    .map((each) => ({ value: each.key, label: text(each.name) || each.key }));
  return (
    <>
      {terms.map((term, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: terms have no other name, and are only edited in place
        <div className="term-line" key={at}>
          <Form.Item {...item(`measure.terms[${at}].times`, t('term_times'))}>
            <Input
              aria-label={t('term_times')}
              inputMode="decimal"
              placeholder="1"
              value={term.times ?? ''}
              onChange={(event) => change(at, { times: event.target.value.trim() || undefined })}
            />
          </Form.Item>
          <Form.Item {...item(`measure.terms[${at}].metric`, t('term_metric'))}>
            <Select
              aria-label={t('term_metric')}
              placeholder={t('pick')}
              showSearch={{ optionFilterProp: 'label' }}
              value={term.metric || undefined}
              onChange={(metric: string) => change(at, { metric })}
              options={choices}
            />
          </Form.Item>
          <Form.Item {...item(`measure.terms[${at}].window`, t('term_window'))}>
            <Select
              aria-label={t('term_window')}
              value={term.window ?? 'period'}
              onChange={(window: NonNullable<Term['window']>) =>
                change(at, { window: window === 'period' ? undefined : window })
              }
              options={(['period', 'previous', 'last_year'] as const).map((each) => ({
                value: each,
                label: t(`term_${each}`),
              }))}
            />
          </Form.Item>
          <Button
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('remove_term')}
            disabled={terms.length <= 1}
            onClick={() => set(terms.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Form.Item {...item('measure.terms', '')} className="term-add">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={terms.length >= maxTerms}
          onClick={() => set([...terms, { metric: '' }])}
        >
          {t('add_term')}
        </Button>
      </Form.Item>
    </>
  );
}
