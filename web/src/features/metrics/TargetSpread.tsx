import { Button, Input, Popover, Segmented } from 'antd';
import { useId, useState } from 'react';
import { useWords } from '@/lib/i18n';
import { type Cell, partsOf, readWeights, type Spreadable } from './targets';
import { words } from './targetWords';

interface Props {
  cell: Cell;
  /** "张三 2026" */
  name: string;
  period: string;
  onChange: (weights: string[]) => void;
}

/** Weights that many companies use; a click puts them in. */
const usual: Record<number, string[]> = {
  2: ['40', '60'],
  3: ['30', '30', '40'],
  4: ['20', '20', '30', '30'],
};

/** How a target that was set is spread over the parts of its period: told under the figure, changed by a click. */
export function TargetSpread({ cell, name, period, onChange }: Props) {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  const parts = partsOf(period);
  const { weights } = cell;
  const told = weights.length === 0 ? t('even') : weights.length > 4 ? t('uneven') : weights.join('/');
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      title={t('spread')}
      content={
        <SpreadForm
          parts={parts}
          weights={weights}
          onSave={(next) => {
            setOpen(false);
            onChange(next);
          }}
        />
      }
    >
      <button
        type="button"
        className="target-spread"
        title={weights.join(' / ') || t('even_hint')}
        aria-label={`${name}: ${t('spread')} ${told}`}
      >
        {told}
      </button>
    </Popover>
  );
}

interface FormProps {
  parts: Spreadable[];
  weights: string[];
  onSave: (weights: string[]) => void;
}

function SpreadForm({ parts, weights, onSave }: FormProps) {
  const t = useWords(words);
  const id = useId();
  const [typed, setTyped] = useState(weights);
  const read = typed.length === 0 ? [] : readWeights(typed);
  const part = parts.find((each) => each.count === typed.length);
  const preset = usual[typed.length];
  return (
    <form
      className="spread-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (read) onSave(read);
      }}
    >
      <Segmented
        aria-label={t('spread')}
        value={typed.length}
        onChange={(count: number) => setTyped(count === weights.length ? weights : Array<string>(count).fill('1'))}
        options={[
          { value: 0, label: t('even') },
          ...parts.map((each) => ({ value: each.count, label: t(`by_${each.kind}`) })),
        ]}
      />
      {part ? (
        <div className="spread-weights" style={{ gridTemplateColumns: `repeat(${Math.min(part.count, 4)}, 1fr)` }}>
          {typed.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a weight is known by its place
            <div key={i}>
              <label className="quiet" htmlFor={`${id}${i}`}>
                {t(`nth_${part.kind}`, { n: i + 1 })}
              </label>
              <Input
                id={`${id}${i}`}
                size="small"
                inputMode="decimal"
                value={text}
                status={readWeights([text, '1']) ? undefined : 'error'}
                onChange={(event) => setTyped(typed.map((old, j) => (j === i ? event.target.value : old)))}
              />
            </div>
          ))}
        </div>
      ) : (
        <p className="quiet">{t('even_hint')}</p>
      )}
      {read === null && (
        <p className="target-marked-note" role="alert">
          {t('bad_weights')}
        </p>
      )}
      <div className="spread-foot">
        {preset && (
          <Button size="small" onClick={() => setTyped(preset)}>
            {preset.join('/')}
          </Button>
        )}
        <Button size="small" type="primary" htmlType="submit" disabled={!read}>
          {t('save_spread')}
        </Button>
      </div>
    </form>
  );
}
