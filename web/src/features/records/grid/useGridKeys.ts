import type { ClipboardEvent, KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Field } from '@/features/objects/model';
import { type CellContext, editCell } from '@/features/records/values/cell';
import { readTable, writeTable } from '@/lib/clipboard';
import { placePaste, rectangle, type Selection, step, tab } from './range';
import type { RowStore } from './rowStore';
import type { GridEdits } from './useGridEdits';

interface Uses {
  store: RowStore;
  fields: Field[];
  context: CellContext;
  edits: GridEdits;
  readOnly: boolean;
  selection: Selection;
  /** Rows of a screenful, for Page Up and Page Down. */
  screen: () => number;
  select: (selection: Selection) => void;
  edit: (initial?: string) => void;
  open: (record: number) => void;
}

/** What the keyboard and the clipboard do while no cell is being edited: the manners of a spreadsheet. */
export function useGridKeys(uses: Uses) {
  const { store, fields, context, edits, readOnly, selection, screen, select, edit, open } = uses;
  const { anchor, head } = selection;
  const rows = store.complete ? store.rows.length : store.length;

  const go = (event: KeyboardEvent, down: number, right: number) => {
    event.preventDefault();
    if (event.shiftKey) select({ anchor, head: step(head, rows, fields.length, down, right) });
    else {
      const cell = step(anchor, rows, fields.length, down, right);
      select({ anchor: cell, head: cell });
    }
  };

  const command = (event: KeyboardEvent): boolean => {
    if (readOnly && /^([dzy]|backspace|delete)$/i.test(event.key)) return false;
    switch (event.key.toLowerCase()) {
      case 'd':
        edits.fill(selection);
        break;
      case 'z':
        void (event.shiftKey ? edits.redo() : edits.undo());
        break;
      case 'y':
        void edits.redo();
        break;
      case 'a':
        select({
          anchor: { row: 0, column: 0 },
          head: { row: Math.max(0, store.rows.length - 1), column: fields.length - 1 },
        });
        break;
      case 'arrowup':
        go(event, -rows, 0);
        break;
      case 'arrowdown':
        go(event, rows, 0);
        break;
      case 'arrowleft':
        go(event, 0, -fields.length);
        break;
      case 'arrowright':
        go(event, 0, fields.length);
        break;
      case 'home':
        go(event, -rows, -fields.length);
        break;
      case 'end':
        go(event, rows, fields.length);
        break;
      case 'enter': {
        const row = store.rows[anchor.row];
        if (row) open(row.id);
        break;
      }
      case 'backspace':
      case 'delete': {
        const r = rectangle(selection);
        void edits.remove(store.rows.slice(r.top, r.bottom + 1).map((row) => row.id));
        break;
      }
      default:
        return false;
    }
    event.preventDefault();
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Buttons and links inside the grid keep their own keys; only the grid itself is a spreadsheet.
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      command(event);
      return;
    }
    switch (event.key) {
      case 'ArrowUp':
        return go(event, -1, 0);
      case 'ArrowDown':
        return go(event, 1, 0);
      case 'ArrowLeft':
        return go(event, 0, -1);
      case 'ArrowRight':
        return go(event, 0, 1);
      case 'PageUp':
        return go(event, -screen(), 0);
      case 'PageDown':
        return go(event, screen(), 0);
      case 'Home':
        return go(event, 0, -fields.length);
      case 'End':
        return go(event, 0, fields.length);
      case 'Tab': {
        // At either end Tab leaves the grid, so that the keyboard is never trapped.
        const next = tab(anchor, rows, fields.length, event.shiftKey);
        if (next.row === anchor.row && next.column === anchor.column) return;
        event.preventDefault();
        return select({ anchor: next, head: next });
      }
      case 'Process':
        // An input method begins to compose: the editor must have the focus before its first letter arrives.
        return flushSync(() => edit(''));
      case 'Enter':
      case 'F2':
        event.preventDefault();
        return edit();
      case ' ': {
        event.preventDefault();
        const field = fields[anchor.column];
        const row = store.rows[anchor.row];
        if (field?.type === 'bool' && row && !readOnly)
          return edits.put(anchor.row, field, row.values[field.key] !== true);
        return edit();
      }
      case 'Escape':
        return select({ anchor, head: anchor });
      case 'Delete':
      case 'Backspace':
        event.preventDefault();
        return readOnly ? undefined : edits.clear(selection);
      default:
        if (event.key.length === 1 && !event.altKey) {
          event.preventDefault();
          edit(event.key);
        }
    }
  };

  const copied = (): string => {
    const r = rectangle(selection);
    return writeTable(
      store.rows
        .slice(r.top, r.bottom + 1)
        .map((row) =>
          fields
            .slice(r.left, r.right + 1)
            .map((field) => editCell(field, row.values[field.key], { ...context, labels: store.labels })),
        ),
    );
  };

  return {
    onKeyDown,
    onCopy: (event: ClipboardEvent) => {
      if (event.target !== event.currentTarget && isEditor(event.target)) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', copied());
    },
    onCut: (event: ClipboardEvent) => {
      if (event.target !== event.currentTarget && isEditor(event.target)) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', copied());
      if (!readOnly) edits.clear(selection);
    },
    onPaste: (event: ClipboardEvent) => {
      if (event.target !== event.currentTarget && isEditor(event.target)) return;
      event.preventDefault();
      if (readOnly) return;
      const table = readTable(event.clipboardData.getData('text/plain'));
      const placed = placePaste(table, selection, store.rows.length, fields.length);
      void edits.paste(placed);
    },
  };
}

function isEditor(target: EventTarget): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(target.tagName);
}
