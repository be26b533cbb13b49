import { Dropdown } from 'antd';
import { type MouseEvent, useId, useMemo, useRef, useState } from 'react';
import { useGo } from '@/components/Go';
import { useText } from '@/components/TextOf';
import type { ObjectInfo, Wire } from '@/features/objects/model';
import { useCellContext } from '@/features/records/cellContext';
import type { SortKey } from '@/features/records/filter/conditions';
import { words } from '@/features/records/words';
import { useWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { CellEditor, type Leave } from './CellEditor';
import { ClashDialog } from './ClashDialog';
import { columnsOf, numberWidth, useWidths, widthOf } from './columns';
import { GridBody, type Sight } from './GridBody';
import { GridFoot } from './GridFoot';
import { GridHead } from './GridHead';
import { type Cell, rectangle, type Selection, step } from './range';
import type { RowStore } from './rowStore';
import { useGridEdits } from './useGridEdits';
import { useGridKeys } from './useGridKeys';
import './grid.css';

interface Props {
  object: ObjectInfo;
  objects: ObjectInfo[];
  store: RowStore;
  /** Changes whenever the store does. */
  revision: number;
  hidden: string[];
  /** Looking and copying only. */
  readOnly: boolean;
  sort: SortKey[];
  onSort: (field: string, descending: boolean | null) => void;
  onFilter: (field: string) => void;
  onHide: (field: string) => void;
}

/** Rows and columns that the active cell moves when an edit ends. */
const moves = { down: [1, 0], up: [-1, 0], right: [0, 1], left: [0, -1] } as const;

const start: Selection = { anchor: { row: 0, column: 0 }, head: { row: 0, column: 0 } };

/** The records of an object as a spreadsheet. Only the lines in sight exist in the page. */
export function Grid({ object, objects, store, revision, hidden, readOnly, sort, onSort, onFilter, onHide }: Props) {
  const t = useWords(words);
  const text = useText();
  const go = useGo();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const sight = useRef<Sight>(null);
  const context = useCellContext(store.labels);
  const fields = useMemo(() => columnsOf(object, hidden), [object, hidden]);
  const [own, setOwn] = useWidths(object.key);
  const widths = useMemo(() => fields.map((f, i) => own[f.key] ?? widthOf(f, i === 0)), [fields, own]);
  const width = widths.reduce((sum, each) => sum + each, numberWidth);
  const setWidth = (field: string, next: number | null) => {
    const { [field]: _, ...others } = own;
    setOwn(next === null ? others : { ...others, [field]: next });
  };
  const edits = useGridEdits(object, objects, fields, store, context);
  const [selection, setSelection] = useState<Selection>(start);
  const [editing, setEditing] = useState<{ initial?: string } | null>(null);
  const drawing = useRef(false);

  const select = (next: Selection) => {
    setSelection(next);
    setEditing(null);
    sight.current?.reveal(next.head.row);
    keepInSight(frame.current, widths, next.head.column);
  };
  const focus = () => frame.current?.focus({ preventScroll: true });
  const leave = (where: Leave) => {
    setEditing(null);
    if (where !== 'away') focus();
    if (where === 'away' || where === 'stay') return;
    const [down, right] = moves[where];
    const cell = step(selection.anchor, store.rows.length, fields.length, down, right);
    select({ anchor: cell, head: cell });
  };
  const edit = (initial?: string) => {
    const field = fields[selection.anchor.column];
    const row = store.rows[selection.anchor.row];
    if (readOnly || !field || !row || field.type === 'autonumber') return;
    if (field.type === 'bool') edits.put(selection.anchor.row, field, row.values[field.key] !== true);
    else setEditing({ initial });
  };
  const keys = useGridKeys({
    store,
    fields,
    context,
    edits,
    readOnly,
    selection,
    screen: () => sight.current?.screen() ?? 1,
    select,
    edit,
    open: (record) => go(paths.record(object.key, record)),
  });

  const cellAt = (event: MouseEvent): Cell | null => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null;
  };
  const onMouseDown = (event: MouseEvent) => {
    if ((event.target as HTMLElement).closest('.cell-editor, button, a')) return;
    const cell = cellAt(event);
    if (!cell) return;
    if (event.button === 2 && inside(selection, cell)) return;
    drawing.current = event.button === 0;
    setEditing(null);
    setSelection(event.shiftKey ? { anchor: selection.anchor, head: cell } : { anchor: cell, head: cell });
    focus();
    event.preventDefault();
  };
  const onMouseMove = (event: MouseEvent) => {
    if (!drawing.current || event.buttons !== 1) return;
    const cell = cellAt(event);
    if (cell && (cell.row !== selection.head.row || cell.column !== selection.head.column))
      setSelection({ anchor: selection.anchor, head: cell });
  };

  const r = rectangle(selection);
  const activeField = fields[selection.anchor.column];
  const activeRow = store.rows[selection.anchor.row];
  const editor =
    editing && activeField && activeRow ? (
      <CellEditor
        key={`${activeRow.id}/${activeField.key}`}
        field={activeField}
        value={activeRow.values[activeField.key]}
        context={context}
        initial={editing.initial}
        onText={(typed, where) => {
          const fault = edits.type(selection.anchor.row, activeField, typed);
          if (fault === null) leave(where);
          return fault;
        }}
        onValue={(value: Wire, where) => {
          edits.put(selection.anchor.row, activeField, value);
          leave(where);
        }}
        onLabel={(record, name) => store.mergeLabels({ [activeField.key]: { [record]: name } })}
        onCancel={() => leave('stay')}
      />
    ) : null;
  const picked = store.rows.slice(r.top, r.bottom + 1);

  return (
    <>
      <Dropdown
        trigger={['contextMenu']}
        menu={{
          items: [
            { key: 'open', label: t('open') },
            ...(readOnly ? [] : [{ key: 'delete', label: t('delete_n', { count: picked.length }), danger: true }]),
          ],
          onClick: ({ key }) => {
            if (key === 'delete') void edits.remove(picked.map((row) => row.id));
            else if (activeRow) go(paths.record(object.key, activeRow.id));
          },
        }}
      >
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click opens a link, which has keys of its own */}
        <div
          ref={frame}
          className="grid"
          role="grid"
          tabIndex={0}
          aria-label={t('grid_label', { name: text(object.name) })}
          aria-rowcount={store.length + 1}
          aria-colcount={fields.length + 1}
          aria-multiselectable="true"
          aria-readonly={readOnly}
          aria-activedescendant={`${id}-${selection.anchor.row}-${selection.anchor.column}`}
          aria-busy={store.loading}
          onMouseDown={onMouseDown}
          onMouseMove={onMouseMove}
          onClick={(event) => {
            const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('.grid-open');
            if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            go(link.pathname);
          }}
          onMouseUp={() => {
            drawing.current = false;
          }}
          onDoubleClick={(event) => {
            if (cellAt(event) && !(event.target as HTMLElement).closest('.cell-editor')) edit();
          }}
          {...keys}
        >
          <GridHead
            fields={fields}
            width={width}
            widths={widths}
            onWidth={setWidth}
            sort={sort}
            onSort={onSort}
            onFilter={onFilter}
            onHide={onHide}
          />
          <GridBody
            ref={sight}
            frame={frame}
            id={id}
            object={object.key}
            store={store}
            revision={revision}
            fields={fields}
            widths={widths}
            width={width}
            context={context}
            active={selection.anchor}
            chosen={r}
            editor={editor}
            faults={edits.faults}
          />
        </div>
      </Dropdown>
      <GridFoot store={store} revision={revision} selection={r} busy={edits.busy} />
      {edits.clashes.length > 0 && (
        <ClashDialog clashes={edits.clashes} object={object} store={store} context={context} onSettle={edits.settle} />
      )}
    </>
  );
}

function inside(selection: Selection, cell: Cell): boolean {
  const r = rectangle(selection);
  return cell.row >= r.top && cell.row <= r.bottom && cell.column >= r.left && cell.column <= r.right;
}

/** Scrolls sideways until a column stands beside the frozen one. */
function keepInSight(frame: HTMLElement | null, widths: readonly number[], column: number): void {
  if (!frame || column === 0) return;
  const frozen = numberWidth + (widths[0] ?? 0);
  const left = widths.slice(0, column).reduce((sum, each) => sum + each, numberWidth);
  const right = left + (widths[column] ?? 0);
  if (left - frozen < frame.scrollLeft) frame.scrollLeft = left - frozen;
  else if (right > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = right - frame.clientWidth;
}
