import { memo, type ReactNode } from 'react';
import type { Field } from '@/features/objects/model';
import { type CellContext, isFigure } from '@/features/records/values/cell';
import { paths } from '@/lib/paths';
import { CellView } from './CellView';
import { numberWidth } from './columns';
import { initialsOf } from './initials';
import type { GridRow } from './rowStore';
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
  /** Of each field's column, in pixels. */
  widths: readonly number[];
  context: CellContext;
  /** The active column, or -1. */
  active: number;
  /** First and last selected column, or null. */
  selected: [number, number] | null;
  editor: ReactNode;
  faults: ReadonlyMap<string, string>;
  openLabel: (place: number) => string;
}

/** One line of the grid. It is drawn again only when its own row, selection or editor changes. */
export const GridLine = memo(function GridLine(props: Props) {
  const { id, object, row, place, top, height, width, fields, widths, context, active, selected, editor } = props;
  const { faults, openLabel } = props;
  const fresh = row && row.fresh % 2 === 0 ? 'cell-fresh-a' : 'cell-fresh-b';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
    <div
      className={editor ? 'grid-line grid-line-editing' : 'grid-line'}
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
            <a href={paths.record(object, row.id)} className="grid-open" aria-label={openLabel(place + 1)}>
              ↗
            </a>
          </>
        ) : null}
      </div>
      {fields.map((field, column) => {
        const fault = row && faults.get(cellKey(row.id, field.key));
        const chosen = selected !== null && column >= selected[0] && column <= selected[1];
        const flash = row?.flash?.fields.includes(field.key) ? row.flash : null;
        const editing = column === active && editor;
        const names = [
          'grid-cell',
          column === 0 ? 'grid-first' : '',
          isFigure(field) ? 'grid-figure' : '',
          chosen ? 'grid-chosen' : '',
          column === active ? 'grid-active' : '',
          editing ? 'grid-editing' : '',
          fault ? 'grid-fault' : '',
          flash ? fresh : '',
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
            style={{ width: widths[column], left: column === 0 ? numberWidth : undefined }}
            data-row={place}
            data-column={column}
            title={fault}
          >
            {editing ? (
              editor
            ) : row ? (
              <CellView field={field} value={row.values[field.key]} context={context} />
            ) : (
              <span className="grid-waiting" />
            )}
            {flash?.by && !editing && (
              <span className="cell-by" key={row?.fresh} title={flash.by}>
                {initialsOf(flash.by)}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
});
