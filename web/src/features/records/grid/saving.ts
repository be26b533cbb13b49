import { isProblem } from '@/api/problem';
import { sameValue, type Wire } from '@/features/objects/model';
import { batch, batchRows, getRow, patchRow, type Row } from '@/features/records/api';
import type { RowStore } from './rowStore';
import type { CellEdit } from './undo';

/** A cell that somebody else changed meanwhile. */
export interface Clash {
  record: number;
  field: string;
  mine: Wire;
  theirs: Wire;
}

export interface Refusal {
  record: number;
  field: string;
  reason: string;
}

export interface Saved {
  clashes: Clash[];
  refusals: Refusal[];
}

/** More records than this go in one batch request instead of one request each. */
const singly = 5;

/** How often a change of other cells of the record is merged before giving up. */
const merges = 3;

/**
 * Which of the edits clash with the record as it is now: the cell is neither what the person saw nor what they want.
 * Edits of other cells of the same record do not clash: they go through on the new version.
 */
export function clashesWith(edits: CellEdit[], now: Row): Clash[] {
  return edits.flatMap((e) => {
    const theirs = now.values[e.field] ?? null;
    if (sameValue(theirs, e.before) || sameValue(theirs, e.after)) return [];
    return [{ record: e.record, field: e.field, mine: e.after, theirs }];
  });
}

export function byRecord(edits: CellEdit[]): Map<number, CellEdit[]> {
  const out = new Map<number, CellEdit[]>();
  for (const edit of edits) out.set(edit.record, [...(out.get(edit.record) ?? []), edit]);
  return out;
}

const valuesOf = (edits: CellEdit[]) => Object.fromEntries(edits.map((e) => [e.field, e.after]));

/** Whether the answer means that somebody else was faster. */
export function isVersionClash(error: unknown): boolean {
  return isProblem(error, 412) || (isProblem(error, 409) && /version|stale|conflict/.test(error.code));
}

/** Saves edits of cells. Records are saved one after another, so each change builds on the version before it. */
export class Saver {
  private line: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly object: string,
    private readonly store: RowStore,
  ) {}

  save(edits: CellEdit[]): Promise<Saved> {
    for (const [id, list] of byRecord(edits)) this.store.set(id, valuesOf(list));
    const turn = this.line.then(() => this.send(edits));
    this.line = turn.catch(() => undefined);
    return turn;
  }

  private async send(edits: CellEdit[]): Promise<Saved> {
    const saved: Saved = { clashes: [], refusals: [] };
    const records = [...byRecord(edits)];
    if (records.length <= singly) {
      for (const [id, list] of records) await this.one(id, list, saved);
      return saved;
    }
    for (let from = 0; from < records.length; from += batchRows)
      await this.many(records.slice(from, from + batchRows), saved);
    return saved;
  }

  private async one(
    id: number,
    edits: CellEdit[],
    saved: Saved,
    version = this.store.row(id)?.version,
    tries = 0,
  ): Promise<void> {
    if (version === undefined) return;
    try {
      this.store.put(await patchRow(this.object, id, version, valuesOf(edits)), false);
    } catch (error) {
      if (isVersionClash(error) && tries < merges) {
        await this.merge(id, edits, saved, tries + 1);
        return;
      }
      this.refuse(edits, error, saved);
    }
  }

  private async merge(id: number, edits: CellEdit[], saved: Saved, tries: number): Promise<void> {
    let now: Row;
    try {
      now = await getRow(this.object, id);
    } catch (error) {
      this.refuse(edits, error, saved);
      return;
    }
    const clashes = clashesWith(edits, now);
    const clashed = new Set(clashes.map((c) => c.field));
    this.store.put(now, true);
    saved.clashes.push(...clashes);
    const rest = edits.filter((e) => !clashed.has(e.field));
    if (rest.length === 0) return;
    this.store.set(id, valuesOf(rest));
    await this.one(id, rest, saved, now.version, tries);
  }

  private async many(records: [number, CellEdit[]][], saved: Saved): Promise<void> {
    const rows = records.map(([id, edits]) => ({
      op: 'update' as const,
      id,
      version: this.store.row(id)?.version,
      values: valuesOf(edits),
    }));
    try {
      const answer = await batch(this.object, rows);
      for (const outcome of answer.rows ?? []) {
        const [id, edits] = records[outcome.row - 1] ?? [];
        if (id === undefined || !edits) continue;
        if (outcome.status !== 'failed') {
          if (outcome.version) this.store.version(id, outcome.version);
        } else if (outcome.problem && /version|stale|conflict/.test(outcome.problem.code)) {
          await this.merge(id, edits, saved, 1);
        } else this.refuse(edits, outcome.problem?.detail, saved);
      }
    } catch (error) {
      for (const [, edits] of records) this.refuse(edits, error, saved);
    }
  }

  private refuse(edits: CellEdit[], why: unknown, saved: Saved): void {
    const reason = why instanceof Error ? why.message : String(why ?? '');
    for (const edit of edits) {
      const shown = this.store.row(edit.record)?.values[edit.field];
      if (sameValue(shown, edit.after)) this.store.set(edit.record, { [edit.field]: edit.before });
      saved.refusals.push({ record: edit.record, field: edit.field, reason });
    }
  }
}
