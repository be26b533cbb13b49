import { Alert, Button } from 'antd';
import { type ClipboardEvent, Fragment, type KeyboardEvent, useRef } from 'react';
import { formatPeriod } from '@/lib/format';
import { pick, useLanguage, useWords } from '@/lib/i18n';
import { TargetCell } from './TargetCell';
import { TargetSpread } from './TargetSpread';
import { isBlock, move, type Place } from './targetBlock';
import { cellKey, type Grid, partsOf } from './targets';
import { words } from './targetWords';
import { type TargetEdits, useTargetEdits } from './useTargetEdits';

const kinds = ['department', 'team', 'person'] as const;

/** The most marks that are listed above the grid. */
const maxListed = 5;

/** Who is to reach what: rows of units and persons, a column for the year and each of its parts; with the manners of a spreadsheet. */
export function TargetGrid({ grid }: { grid: Grid }) {
  const t = useWords(words);
  const language = useLanguage();
  const table = useRef<HTMLTableElement>(null);
  const groups = kinds.map((kind) => ({ kind, rows: grid.rows.filter((row) => row.subject.kind === kind) }));
  const rows = groups.flatMap((group) => group.rows);
  const edits = useTargetEdits(grid, rows);
  const size = { rows: rows.length, columns: grid.periods.length };

  const find = (place: Place) =>
    table.current?.querySelector<HTMLElement>(`[data-place="${place.row} ${place.column}"]`);
  const focus = (place: Place) => find(place)?.focus();
  /** Ends the editing of a cell, which saves it, and leaves the focus there. */
  const leave = (input: HTMLElement, place: Place) => {
    input.blur();
    requestAnimationFrame(() => focus(place));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = placeOf(event.target);
    if (!at || event.defaultPrevented || event.nativeEvent.isComposing) return;
    const input = event.target instanceof HTMLInputElement ? event.target : null;
    if (event.ctrlKey || event.metaKey || event.altKey) {
      const undoes = event.key.toLowerCase() === 'z' && !event.shiftKey && !event.altKey && !input;
      if (undoes && edits.undo()) event.preventDefault();
      return;
    }
    const caret = input && {
      start: input.selectionStart ?? 0,
      end: input.selectionEnd ?? 0,
      length: input.value.length,
    };
    const to = move(event, at, size, caret);
    if (!to && event.key !== 'Enter') return;
    event.preventDefault();
    if (!to) return input ? leave(input, at) : undefined;
    focus(to);
    // On glass the keyboard would go away between two cells.
    if (input && event.key === 'Enter' && matchMedia('(pointer: coarse)').matches) find(to)?.click();
  };

  const onPaste = (event: ClipboardEvent) => {
    const at = placeOf(event.target) ?? placeOf(document.activeElement);
    const text = event.clipboardData.getData('text/plain');
    // One figure pasted into a cell that is being edited goes where the caret is.
    if (!at || (event.target instanceof HTMLInputElement && !isBlock(text))) return;
    event.preventDefault();
    if (event.target instanceof HTMLInputElement) leave(event.target, at);
    edits.paste(text, at);
  };

  return (
    <>
      <Told edits={edits} grid={grid} onFocus={focus} />
      {/* What scrolls is reached by keyboard, also without cells to edit. */}
      <section className="target-scroll" aria-label={t('title')} tabIndex={grid.editable ? undefined : 0}>
        <table
          ref={table}
          className="plain-table target-grid"
          onKeyDown={grid.editable ? onKeyDown : undefined}
          onPaste={grid.editable ? onPaste : undefined}
        >
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
            {groups.map(
              (group) =>
                group.rows.length > 0 && (
                  <Fragment key={group.kind}>
                    <tr className="target-group">
                      <th scope="rowgroup">{t(group.kind)}</th>
                      <td colSpan={grid.periods.length} />
                    </tr>
                    {group.rows.map((row) => (
                      <tr key={row.subject.id}>
                        <th scope="row">
                          {row.subject.name}
                          {row.above.length > 0 && <small className="quiet"> {row.above.join(' · ')}</small>}
                        </th>
                        {grid.periods.map((period, column) => {
                          const cell = edits.cellAt(row, column);
                          const place = { row: rows.indexOf(row), column };
                          return (
                            <td key={period.label} className="num">
                              {cell && (
                                <>
                                  <TargetCell
                                    cell={cell}
                                    grid={grid}
                                    place={place}
                                    name={`${row.subject.name} ${period.label}`}
                                    mark={edits.marks[cellKey(row, period.label)]}
                                    onChange={(typed) => edits.type(place, typed)}
                                    onRestore={() => edits.unmark([cellKey(row, period.label)])}
                                  />
                                  {cell.own && grid.editable && grid.spreads && partsOf(period.label).length > 0 && (
                                    <TargetSpread
                                      cell={cell}
                                      name={`${row.subject.name} ${period.label}`}
                                      period={period.label}
                                      onChange={(weights) => edits.spread(row, column, weights)}
                                    />
                                  )}
                                </>
                              )}
                            </td>
                          );
                        })}
                      </tr>
                    ))}
                  </Fragment>
                ),
            )}
          </tbody>
        </table>
      </section>
      <p className="quiet">
        {grid.editable && (
          <>
            {t('legend_edit')} <span className="target-keys">{t('legend_keys')} </span>
          </>
        )}
        {t('legend')}
      </p>
    </>
  );
}

/** Where in the grid an element stands. */
function placeOf(target: EventTarget | null): Place | null {
  const text = target instanceof HTMLElement ? target.dataset.place : undefined;
  if (text === undefined) return null;
  const [row = 0, column = 0] = text.split(' ').map(Number);
  return { row, column };
}

/** What the last paste did, and which cells were not understood: each with its reason, a click away. */
function Told({ edits, grid, onFocus }: { edits: TargetEdits; grid: Grid; onFocus: (place: Place) => void }) {
  const t = useWords(words);
  const language = useLanguage();
  const marks = Object.entries(edits.marks);
  const names = new Map(
    grid.rows.flatMap((row) =>
      grid.periods.map((period) => [
        cellKey(row, period.label),
        `${row.subject.name} ${formatPeriod(period.label, language)}`,
      ]),
    ),
  );
  if (marks.length === 0 && !edits.pasted) return null;
  return (
    <Alert
      type={marks.length > 0 ? 'error' : 'success'}
      role={marks.length > 0 ? 'alert' : 'status'}
      className="target-told"
      title={[
        edits.pasted && t('filled', { count: edits.pasted.filled }),
        edits.pasted && edits.pasted.outside > 0 && t('outside', { count: edits.pasted.outside }),
        marks.length > 0 && t('unread', { count: marks.length }),
      ]
        .filter(Boolean)
        .join(' ')}
      description={
        marks.length > 0 && (
          <ul>
            {marks.slice(0, maxListed).map(([name, mark]) => (
              <li key={name}>
                <Button type="link" size="small" onClick={() => onFocus(mark.place)}>
                  {names.get(name)}
                </Button>{' '}
                {t('because', { text: mark.text, problem: pick(mark.problem, language) })}
              </li>
            ))}
          </ul>
        )
      }
      action={
        edits.pasted &&
        edits.pasted.filled > 0 && (
          <Button size="small" onClick={() => edits.undo()}>
            {t('undo')}
          </Button>
        )
      }
    />
  );
}
