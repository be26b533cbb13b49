import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import { isProblem, unreachable } from '@/api/problem';
import type { Text } from '@/lib/i18n';
import { inverse, type Mark, type Place, readBlock } from './targetBlock';
import {
  type Cell,
  cellKey,
  type Grid,
  type Row,
  readTarget,
  sameValue,
  type TargetChange,
  targetItem,
} from './targets';

/** How many acts can be undone. */
const maxUndone = 50;

/** What a paste did, said once. */
export interface Pasted {
  filled: number;
  outside: number;
}

interface Sent {
  act: number;
  changes: TargetChange[];
}

/** Saves are one after the other, in the order in which they were made, so that none overtakes or undoes another. */
const mutationKey = ['targets', 'set'];

/**
 * The edits of a grid of targets: what was typed or pasted stands in its cell at once, is saved in turn (a block in one
 * request), and what was refused is marked at its cell while the rest is kept.
 */
export function useTargetEdits(grid: Grid, rows: readonly Row[]) {
  const client = useQueryClient();
  const acts = useRef(0);
  const undone = useRef<TargetChange[][]>([]);
  const [laid, setLaid] = useState<Record<string, Partial<Cell> & { act: number }>>({});
  const [marks, setMarks] = useState<Record<string, Mark>>({});
  const [pasted, setPasted] = useState<Pasted | null>(null);

  const save = useMutation({
    mutationKey,
    scope: { id: mutationKey.join() },
    mutationFn: ({ changes }: Sent) => send(grid.metric.key, changes),
    onSuccess: (refused) => {
      if (refused.length > 0) setMarks((old) => ({ ...old, ...marked(refused) }));
    },
    onError: (error, { changes }) => {
      const problem = isProblem(error, unreachable)
        ? {
            zh: '连不上服务器，没有存下；点开再按回车重试',
            en: 'Laurel cannot be reached: open the cell and press Enter to try again',
          }
        : { zh: error.message, en: error.message };
      setMarks((old) => ({ ...old, ...marked(changes.map((change) => ({ change, problem }))) }));
    },
    onSettled: async (_, __, { act }) => {
      // What is still waiting will ask for the figures itself.
      if (client.isMutating({ mutationKey }) > 1) return;
      await client.invalidateQueries({ queryKey: keys.targets });
      setLaid((old) => Object.fromEntries(Object.entries(old).filter(([, each]) => each.act > act)));
    },
  });

  const marked = (list: Refused[]): Record<string, Mark> =>
    Object.fromEntries(
      list.map(({ change: { row, period, value }, problem }) => {
        const place = {
          row: rows.findIndex((each) => each.key === row.key && each.subject.kind === row.subject.kind),
          column: grid.periods.findIndex((each) => each.label === period),
        };
        return [cellKey(row, period), { place, text: value, problem }];
      }),
    );

  const submit = (changes: TargetChange[]) => {
    if (changes.length === 0) return;
    const act = ++acts.current;
    setLaid((old) => {
      const next = { ...old };
      for (const { row, period, cell, value, weights = cell.weights } of changes)
        next[cellKey(row, period)] = { act, value, weights, own: value !== '', percent: -1 };
      return next;
    });
    save.mutate({ act, changes });
  };

  const act = (changes: TargetChange[]) => {
    if (changes.length > 0) undone.current = [...undone.current, inverse(changes)].slice(-maxUndone);
    submit(changes);
  };

  const unmark = (names: string[]) =>
    setMarks((old) => Object.fromEntries(Object.entries(old).filter(([name]) => !names.includes(name))));

  /** The cell as it is to be seen: with what was typed and is not yet saved. */
  const cellAt = (row: Row, column: number): Cell | undefined => {
    const cell = row.cells[column];
    return cell && { ...cell, ...laid[cellKey(row, grid.periods[column]?.label ?? '')] };
  };

  return {
    marks,
    pasted,
    cellAt,
    unmark,
    /** What somebody typed into a cell. */
    type: (place: Place, typed: string) => {
      const row = rows[place.row];
      const cell = row && cellAt(row, place.column);
      const period = grid.periods[place.column]?.label;
      if (!row || !cell || !period) return;
      setPasted(null);
      const read = readTarget(typed, grid);
      const name = cellKey(row, period);
      if ('problem' in read)
        return setMarks((old) => ({ ...old, [name]: { place, text: typed.trim(), problem: read.problem } }));
      unmark([name]);
      if (!sameValue(read.value, cell.own ? cell.value : '')) act([{ row, period, cell, value: read.value }]);
    },
    /** How a target that was set is spread. */
    spread: (row: Row, column: number, weights: string[]) => {
      const cell = cellAt(row, column);
      const period = grid.periods[column]?.label;
      if (cell?.own && period) act([{ row, period, cell, value: cell.value, weights }]);
    },
    paste: (text: string, at: Place) => {
      const now = rows.map((row) => ({ ...row, cells: row.cells.map((cell, i) => cellAt(row, i) ?? cell) }));
      const block = readBlock(text, at, now, grid);
      setMarks(block.marks);
      setPasted({ filled: block.changes.length, outside: block.outside });
      act(block.changes);
    },
    undo: () => {
      const last = undone.current.at(-1);
      if (!last) return false;
      undone.current = undone.current.slice(0, -1);
      setPasted(null);
      setMarks({});
      submit(last);
      return true;
    },
  };
}

export type TargetEdits = ReturnType<typeof useTargetEdits>;

interface Refused {
  change: TargetChange;
  problem: Text;
}

/** Sets targets, all in one request; those that are refused are left out and told of, and the others set. */
async function send(metric: string, changes: TargetChange[]): Promise<Refused[]> {
  const put = (list: TargetChange[]) =>
    read(api.PUT('/targets', { body: { items: list.map((change) => targetItem(metric, change)) } }));
  try {
    await put(changes);
    return [];
  } catch (error) {
    if (!isProblem(error, 422)) throw error;
    const refused = new Map<TargetChange, Text>();
    for (const fault of error.faults) {
      const change = changes[Number(/^items\[(\d+)\]/.exec(fault.field ?? '')?.[1] ?? -1)];
      if (change) refused.set(change, { zh: fault.detail, en: fault.detail });
    }
    const rest = changes.filter((change) => !refused.has(change));
    if (refused.size === 0) throw error;
    if (rest.length > 0) await put(rest);
    return [...refused].map(([change, problem]) => ({ change, problem }));
  }
}
