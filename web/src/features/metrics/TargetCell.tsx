import { Input } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { formatPermille } from '@/lib/format';
import { pick, useLanguage, useWords } from '@/lib/i18n';
import type { Mark, Place } from './targetBlock';
import { type Cell, type Grid, targetShown, typedValue } from './targets';
import { words } from './targetWords';

interface Props {
  cell: Cell;
  grid: Grid;
  place: Place;
  /** "张三 2026-Q1" */
  name: string;
  mark?: Mark;
  onChange: (typed: string) => void;
  /** Forgets a mark: what was there before is shown again. */
  onRestore: () => void;
}

/** One target. What was added up or spread is told apart from what was set; a click, a digit or F2 writes over it. */
export function TargetCell({ cell, grid, place, name, mark, onChange, onRestore }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const [typed, setTyped] = useState<string | null>(null);
  const restored = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  const own = mark?.text ?? (cell.own ? typedValue(cell.value, grid.percent) : '');
  const at = `${place.row} ${place.column}`;
  if (typed !== null)
    return (
      <Input
        autoFocus
        size="small"
        className="target-input"
        inputMode="decimal"
        enterKeyHint="next"
        aria-label={name}
        data-place={at}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          setTyped(null);
          if (!restored.current && (mark || typed.trim() !== own)) onChange(typed);
          restored.current = false;
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') {
            event.preventDefault();
            restored.current = true;
            setTyped(null);
            if (mark) onRestore();
            requestAnimationFrame(() => {
              restored.current = false;
              button.current?.focus();
            });
          }
        }}
      />
    );
  const shown = targetShown(cell.value, grid);
  const problem = mark && pick(mark.problem, language);
  const inside = mark ? (
    <span className="target-marked">{mark.text}</span>
  ) : (
    <>
      <span className={cell.own ? 'target-own' : 'target-derived'}>{shown}</span>
      {cell.percent >= 0 && cell.reached !== '' && <small className="quiet">{formatPermille(cell.percent)}</small>}
    </>
  );
  const title = problem ?? (cell.value === '' ? undefined : t(cell.own ? 'own' : 'derived'));
  if (!grid.editable)
    return (
      <span className="target-cell" title={title}>
        {inside}
      </span>
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // An input method begins to compose: the editor must have the focus before its first letter arrives.
    if (event.key === 'Process') return flushSync(() => setTyped(''));
    if (event.key === 'F2') setTyped(own);
    else if (event.key === 'Delete' || event.key === 'Backspace') onChange('');
    else if (event.key === 'Escape' && mark) onRestore();
    else if (event.key.length === 1 && event.key !== ' ') setTyped(event.key);
    else return;
    event.preventDefault();
  };
  return (
    <button
      ref={button}
      type="button"
      className="target-cell"
      title={title}
      aria-label={mark ? `${name}: ${mark.text} (${problem})` : `${name}: ${shown}`}
      data-place={at}
      onClick={() => setTyped(own)}
      onKeyDown={onKeyDown}
    >
      {inside}
    </button>
  );
}
