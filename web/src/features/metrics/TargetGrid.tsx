import { Input } from 'antd';
import { Fragment, useState } from 'react';
import { formatNumber, formatPeriod, formatPermille } from '@/lib/format';
import { useLanguage, useWords } from '@/lib/i18n';
import { type Cell, type Grid, type Row, type TargetChange, typedValue } from './targets';
import { words } from './targetWords';

interface Props {
  grid: Grid;
  onChange: (change: TargetChange) => void;
}

const kinds = ['department', 'team', 'person'] as const;

/** Who is to reach what: rows of units and persons, a column for the year and each of its parts. */
export function TargetGrid({ grid, onChange }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <>
      <div className="table-scroll">
        <table className="plain-table target-grid">
          <thead>
            <tr>
              <th scope="col">{t('who')}</th>
              {grid.periods.map((period) => (
                <th key={period.label} scope="col" className="num">
                  {formatPeriod(period.label, language)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => {
              const rows = grid.rows.filter((row) => row.subject.kind === kind);
              if (rows.length === 0) return null;
              return (
                <Fragment key={kind}>
                  <tr className="target-group">
                    <th scope="rowgroup" colSpan={grid.periods.length + 1}>
                      {t(kind)}
                    </th>
                  </tr>
                  {rows.map((row) => (
                    <Line key={row.subject.id} row={row} grid={grid} onChange={onChange} />
                  ))}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="quiet">{t(grid.editable ? 'legend_edit' : 'legend')}</p>
    </>
  );
}

function Line({ row, grid, onChange }: { row: Row } & Props) {
  return (
    <tr>
      <th scope="row">
        {row.subject.name}
        {row.above.length > 0 && <small className="quiet"> {row.above.join(' · ')}</small>}
      </th>
      {row.cells.map((cell, i) => {
        const period = grid.periods[i]?.label ?? '';
        return (
          <td key={period} className="num">
            <Target
              cell={cell}
              grid={grid}
              name={`${row.subject.name} ${period}`}
              onChange={(typed) => onChange({ row, period, cell, typed })}
            />
          </td>
        );
      })}
    </tr>
  );
}

interface TargetProps {
  cell: Cell;
  grid: Grid;
  name: string;
  onChange: (typed: string) => void;
}

/** One target. What was added up or spread is told apart from what was set; a click writes over it. */
function Target({ cell, grid, name, onChange }: TargetProps) {
  const t = useWords(words);
  const [typed, setTyped] = useState<string | null>(null);
  const own = cell.own ? typedValue(cell.value, grid.percent) : '';
  if (typed !== null) {
    const done = () => {
      setTyped(null);
      if (typed.trim() !== own) onChange(typed);
    };
    return (
      <Input
        autoFocus
        size="small"
        inputMode="decimal"
        aria-label={name}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={done}
        onPressEnter={done}
        onKeyDown={(event) => event.key === 'Escape' && setTyped(null)}
      />
    );
  }
  const shown = cell.value === '' ? '—' : grid.percent ? typedValue(cell.value, true) : formatNumber(cell.value);
  const inside = (
    <>
      <span className={cell.own ? 'target-own' : 'target-derived'}>{shown}</span>
      {cell.percent >= 0 && cell.reached !== '' && <small className="quiet">{formatPermille(cell.percent)}</small>}
    </>
  );
  const title = cell.value === '' ? undefined : t(cell.own ? 'own' : 'derived');
  if (!grid.editable)
    return (
      <span className="target-cell" title={title}>
        {inside}
      </span>
    );
  return (
    <button
      type="button"
      className="target-cell"
      title={title}
      aria-label={`${name}: ${shown}`}
      onClick={() => setTyped(own)}
    >
      {inside}
    </button>
  );
}
