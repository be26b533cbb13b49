import { memo, type ReactNode } from 'react';
import type { Field } from '@/features/objects/model';
import { type CellContext, isFigure } from '@/features/records/values/cell';
import { paths } from '@/lib/paths';
import { CellView } from './CellView';
import { numberWidth, widthOf } from './columns';
import { freshMs, type GridRow } from './rowStore';
import { cellKey } from './useGridEdits';

interface Props {
  id: string;
  object: string;
  row: GridRow | undefined;
  place: number;
  top: number;
  height: number;
  width: number;
  fields: Field[];
  context: CellContext;
  /** The active column, or -1. */
  active: number;
  /** First and last selected column, or null. */
  selected: [number, number] | null;
  editor: ReactNode;
  faults: ReadonlyMap<string, string>;
  openLabel: string;
}

/** One line of the grid. It is drawn again only when its own row, selection or editor changes. */
export const GridLine = memo(function GridLine(props: Props) {
  const { id, object, row, place, top, height, width, fields, context, active, selected, editor, faults, openLabel } =
    props;
  const tint =
    row && Date.now() - row.freshAt < freshMs ? (row.fresh % 2 === 0 ? ' line-fresh-a' : ' line-fresh-b') : '';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
    <div
      className={`grid-line${tint}`}
      role="row"
      aria-rowindex={place + 2}
      style={{ transform: `translateY(${top}px)`, height, width }}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: its link has the focus */}
      <div className="grid-number" role="rowheader" style={{ width: numberWidth }}>
        {row ? (
          <>
            <span className="grid-place">{place + 1}</span>
            {/* A plain link: the grid opens it inside the app, and hundreds of router links would slow scrolling down. */}
            <a href={paths.record(object, row.id)} className="grid-open" aria-label={openLabel} title={openLabel}>
              ↗
            </a>
          </>
        ) : null}
      </div>
      {fields.map((field, column) => {
        const fault = row && faults.get(cellKey(row.id, field.key));
        const chosen = selected !== null && column >= selected[0] && column <= selected[1];
        const names = [
          'grid-cell',
          column === 0 ? 'grid-first' : '',
          isFigure(field) ? 'grid-figure' : '',
          chosen ? 'grid-chosen' : '',
          column === active ? 'grid-active' : '',
          fault ? 'grid-fault' : '',
        ];
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
          <div
            key={field.key}
            id={`${id}-${place}-${column}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={chosen}
            aria-readonly={field.type === 'autonumber' || undefined}
            aria-invalid={fault ? true : undefined}
            className={names.filter(Boolean).join(' ')}
            style={{ width: widthOf(field, column === 0), left: column === 0 ? numberWidth : undefined }}
            data-row={place}
            data-column={column}
            title={fault}
          >
            {column === active && editor ? (
              editor
            ) : row ? (
              <CellView field={field} value={row.values[field.key]} context={context} />
            ) : (
              <span className="grid-waiting" />
            )}
          </div>
        );
      })}
    </div>
  );
});
