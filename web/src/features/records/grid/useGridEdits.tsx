import { App } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '@/components/TextOf';
import { type Field, type ObjectInfo, sameValue, type Text, type Wire } from '@/features/objects/model';
import { deleteRow, getRow, restoreRow } from '@/features/records/api';
import { exactly, findReferences } from '@/features/records/references';
import { type CellContext, readCell } from '@/features/records/values/cell';
import { words } from '@/features/records/words';
import { useWords } from '@/lib/i18n';
import { MAX_CELLS, type Placed, placeFill, rectangle, type Selection } from './range';
import type { RowStore } from './rowStore';
import { type Clash, type Refusal, Saver } from './saving';
import { type Act, type CellEdit, UndoStack } from './undo';

/** What a fault is told for: one cell. */
interface Fault {
  reason: string;
}

export interface GridEdits {
  /** Puts one value into one cell. */
  put(row: number, field: Field, value: Wire): void;
  /** Reads a typed text into a cell; returns the reason when it cannot be read. */
  type(row: number, field: Field, text: string): string | null;
  paste(placed: Placed[]): Promise<void>;
  fill(selection: Selection): void;
  clear(selection: Selection): void;
  undo(): Promise<void>;
  redo(): Promise<void>;
  remove(ids: number[]): Promise<void>;
  clashes: Clash[];
  settle(keepMine: Clash[]): void;
  faults: ReadonlyMap<string, string>;
  busy: boolean;
}

export const cellKey = (record: number, field: string) => `${record}/${field}`;

/** Everything that changes cells, and how to take it back. */
export function useGridEdits(
  object: ObjectInfo,
  objects: ObjectInfo[],
  fields: Field[],
  store: RowStore,
  context: CellContext,
): GridEdits {
  const { message, notification } = App.useApp();
  const t = useWords(words);
  const text = useText();
  const saver = useMemo(() => new Saver(object.key, store), [object.key, store]);
  const stack = useRef(new UndoStack());
  const [clashes, setClashes] = useState<Clash[]>([]);
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());
  const [pending, setPending] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another object's edits cannot be undone here
  useEffect(() => stack.current.clear(), [object.key]);

  const refuse = (list: Refusal[]) => {
    if (list.length === 0) return;
    setFaults((was) => new Map([...was, ...list.map((r) => [cellKey(r.record, r.field), r.reason] as const)]));
    message.error(t('not_saved_n', { count: list.length, reason: list[0]?.reason ?? '' }));
  };

  const save = async (cells: CellEdit[], keep: boolean): Promise<number> => {
    const real = cells.filter((c) => !sameValue(c.before, c.after));
    if (real.length === 0) return 0;
    if (keep) stack.current.push({ kind: 'edit', cells: real });
    setFaults((was) => {
      const next = new Map(was);
      for (const c of real) next.delete(cellKey(c.record, c.field));
      return next;
    });
    setPending((n) => n + 1);
    try {
      const saved = await saver.save(real);
      stack.current.forget([...saved.refusals, ...saved.clashes]);
      refuse(saved.refusals);
      if (saved.clashes.length > 0) setClashes((was) => [...was, ...saved.clashes]);
      return real.length - saved.refusals.length - saved.clashes.length;
    } finally {
      setPending((n) => n - 1);
    }
  };

  const editOf = (place: number, field: Field, after: Wire): CellEdit[] => {
    const row = store.rows[place];
    if (!row || field.type === 'autonumber') return [];
    return [{ record: row.id, field: field.key, before: row.values[field.key] ?? null, after }];
  };

  const read = async (field: Field, typed: string): Promise<{ value: Wire } | Fault> => {
    const got = readCell(field, typed, context);
    if ('value' in got) return got;
    if ('problem' in got) return { reason: text(got.problem as Text) };
    const resolved = exactly(await findReferences(field, objects, got.lookUp), got.lookUp);
    if ('fault' in resolved)
      return { reason: t(resolved.fault === 'none' ? 'not_found_name' : 'ambiguous_name', { name: got.lookUp }) };
    store.mergeLabels({ [field.key]: { [resolved.reference.id]: resolved.reference.name } });
    return { value: resolved.reference.id };
  };

  const paste = async (placed: Placed[]) => {
    if (placed.length > MAX_CELLS) {
      message.warning(t('too_many', { n: MAX_CELLS }));
      return;
    }
    const known = new Map<string, Promise<{ value: Wire } | Fault>>();
    const edits: CellEdit[] = [];
    const refused: Refusal[] = [];
    for (const { row, column, text: typed } of placed) {
      const field = fields[column];
      const record = store.rows[row];
      if (!field || !record || field.type === 'autonumber') continue;
      const key = `${field.key}\u0000${typed}`;
      const answer = known.get(key) ?? read(field, typed);
      known.set(key, answer);
      try {
        const got = await answer;
        if ('value' in got) edits.push(...editOf(row, field, got.value));
        else refused.push({ record: record.id, field: field.key, reason: got.reason });
      } catch (error) {
        refused.push({ record: record.id, field: field.key, reason: error instanceof Error ? error.message : '' });
      }
    }
    refuse(refused);
    const count = await save(edits, true);
    if (count > 1) message.success(t('saved_n', { count }));
  };

  const carryOut = async (act: Act | undefined, back: boolean) => {
    if (!act) {
      message.info(t('nothing_to_undo'));
      return;
    }
    if (act.kind === 'edit') await save(act.cells, false);
    else if (back) await Promise.all(act.records.map(async (id) => store.insert(await restoreRow(object.key, id))));
    else await removeRows(act.records, false);
    if (back) message.success(t('undone'));
  };

  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      message.error(error instanceof Error ? error.message : String(error));
    }
  };

  const removeRows = async (ids: number[], keep: boolean) => {
    const gone = store.remove(ids);
    const failed: string[] = [];
    const done: typeof gone = [];
    for (const each of gone) {
      try {
        await deleteRow(object.key, each.row.id);
        done.push(each);
      } catch (error) {
        store.insert(each.row, each.place);
        failed.push(error instanceof Error ? error.message : '');
      }
    }
    if (failed[0] !== undefined) message.error(failed[0]);
    if (done.length === 0 || !keep) return;
    stack.current.push({ kind: 'delete', records: done.map((d) => d.row.id) });
    const key = `deleted-${done[0]?.row.id}`;
    const restore = () =>
      guarded(async () => {
        notification.destroy(key);
        for (const each of done) {
          await restoreRow(object.key, each.row.id);
          store.insert(await getRow(object.key, each.row.id), each.place);
        }
        message.success(t('restored'));
      });
    notification.open({
      key,
      title: t('deleted_n', { count: done.length }),
      placement: 'bottom',
      duration: 8,
      actions: (
        <button type="button" className="link-button" onClick={() => void restore()}>
          {t('undo')}
        </button>
      ),
    });
  };

  return {
    put: (row, field, value) => void save(editOf(row, field, value), true),
    type: (row, field, typed) => {
      const got = readCell(field, typed, context);
      if ('problem' in got) return text(got.problem);
      if ('value' in got) void save(editOf(row, field, got.value), true);
      else void paste([{ row, column: fields.indexOf(field), text: typed }]);
      return null;
    },
    paste,
    fill: (selection) => {
      const steps = placeFill(selection);
      if (steps.length > MAX_CELLS) {
        message.warning(t('too_many', { n: MAX_CELLS }));
        return;
      }
      const edits = steps.flatMap(({ from, to }) => {
        const field = fields[to.column];
        return field ? editOf(to.row, field, store.rows[from.row]?.values[field.key] ?? null) : [];
      });
      void save(edits, true);
    },
    clear: (selection) => {
      const r = rectangle(selection);
      if ((r.bottom - r.top + 1) * (r.right - r.left + 1) > MAX_CELLS) {
        message.warning(t('too_many', { n: MAX_CELLS }));
        return;
      }
      const edits: CellEdit[] = [];
      for (let row = r.top; row <= r.bottom; row++) {
        for (let column = r.left; column <= r.right; column++) {
          const field = fields[column];
          if (field && !field.required) edits.push(...editOf(row, field, null));
        }
      }
      void save(edits, true);
    },
    undo: () => guarded(() => carryOut(stack.current.undo(), true)),
    redo: () => guarded(() => carryOut(stack.current.redo(), false)),
    remove: (ids) => removeRows(ids, true),
    clashes,
    settle: (mine) => {
      setClashes([]);
      void save(
        mine.map((c) => ({ record: c.record, field: c.field, before: c.theirs, after: c.mine })),
        true,
      );
    },
    faults,
    busy: pending > 0,
  };
}
