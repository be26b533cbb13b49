import { sameValue, type Wire } from '@/features/objects/model';
import { type Labels, pageRows, type Row, type RowPage } from '@/features/records/api';

/** What somebody else has just changed in a row. */
export interface Flash {
  fields: readonly string[];
  /** The person's name; empty when it was Laurel or an import. */
  by: string;
}

/** A row in the grid; `fresh` counts the edits of others seen. */
export interface GridRow extends Row {
  fresh: number;
  /** Shown for `freshMs`, then null. */
  flash: Flash | null;
}

/** How long cells are marked after somebody else changed them. */
export const freshMs = 2_500;

/**
 * The rows that a grid has loaded, in order. Pages are fetched one after another as scrolling asks for them, because a
 * cursor leads only to the next page. It is a store outside React so that one edited cell renders one row.
 */
export class RowStore {
  rows: GridRow[] = [];
  /** Names of references. It grows in place: a page of new names draws no row again that is there already. */
  readonly labels: Labels = {};
  /** Rows that match on the server; -1 when it did not count them. */
  total = -1;
  error: unknown = null;
  started = false;
  private next: string | null = '';
  private wanted = 0;
  private running = false;
  private closed = false;
  private places = new Map<number, number>();
  private listeners = new Set<() => void>();
  private revision = 0;

  /** `ahead` rows are loaded beyond what is wanted, so that steady scrolling meets no row that is still on its way. */
  constructor(
    private readonly load: (cursor: string) => Promise<RowPage>,
    private readonly ahead = pageRows,
  ) {}

  subscribe = (heard: () => void): (() => void) => {
    this.listeners.add(heard);
    return () => this.listeners.delete(heard);
  };

  snapshot = (): number => this.revision;

  /** A store that was closed tells nobody about late answers; it can be opened again where it stopped. */
  close(): void {
    this.closed = true;
  }

  open(): void {
    this.closed = false;
  }

  get complete(): boolean {
    return this.next === null;
  }

  get loading(): boolean {
    return this.running;
  }

  /** How many rows the scroll bar should stand for. */
  get length(): number {
    if (this.complete) return this.rows.length;
    return Math.max(this.total, this.rows.length + (this.started ? 1 : 0));
  }

  /** Loads pages until the row at this place is there, and those that come next. */
  need(index: number): void {
    this.wanted = Math.max(this.wanted, index === 0 ? 0 : index + this.ahead);
    if (!this.running && this.error === null) void this.run();
  }

  retry(): void {
    this.error = null;
    this.changed();
    void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (!this.closed && this.next !== null && this.rows.length <= this.wanted) {
        const page = await this.load(this.next);
        if (this.closed) return;
        this.take(page);
      }
    } catch (error) {
      this.error = error;
    } finally {
      this.running = false;
      this.changed();
    }
  }

  private take(page: RowPage): void {
    this.started = true;
    this.mergeLabels(page.labels);
    for (const row of page.items ?? []) {
      // A row that moved between two pages is shown once.
      if (this.places.has(row.id)) continue;
      this.places.set(row.id, this.rows.length);
      this.rows.push({ ...row, fresh: 0, flash: null });
    }
    if (page.total >= 0) this.total = page.total;
    this.next = page.next ? page.next : null;
    if (this.next === null) this.total = this.rows.length;
    this.changed();
  }

  /** Where a record stands in the list; undefined when it is not among the loaded ones. */
  place(id: number): number | undefined {
    return this.places.get(id);
  }

  row(id: number): GridRow | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.rows[place];
  }

  mergeLabels(labels: Labels | undefined): void {
    for (const [field, names] of Object.entries(labels ?? {})) {
      this.labels[field] ??= {};
      Object.assign(this.labels[field], names);
    }
  }

  /** Takes over a record as the server has it. Older versions than the one shown are passed over. */
  put(row: Row, byOthers: boolean, by = ''): void {
    this.mergeLabels(row.labels);
    const place = this.places.get(row.id);
    const was = place === undefined ? undefined : this.rows[place];
    if (place === undefined || !was || row.version < was.version) return;
    if (row.version === was.version && JSON.stringify(row.values) === JSON.stringify(was.values)) return;
    const fields = Object.keys({ ...was.values, ...row.values }).filter(
      (f) => !sameValue(was.values[f], row.values[f]),
    );
    // A person's own change comes back too, and then nothing is different.
    const flash = byOthers && fields.length > 0 ? { fields, by } : null;
    this.rows[place] = { ...row, fresh: was.fresh + (flash ? 1 : 0), flash: flash ?? was.flash };
    if (flash) setTimeout(() => this.calm(row.id, flash), freshMs);
    this.changed();
  }

  /** Takes a mark off, unless a newer one has replaced it. */
  private calm(id: number, flash: Flash): void {
    const row = this.row(id);
    if (row?.flash !== flash) return;
    this.rows[this.places.get(id) as number] = { ...row, flash: null };
    this.changed();
  }

  /** Shows values before the server has them; the version stays. */
  set(id: number, values: Record<string, Wire>): void {
    const place = this.places.get(id);
    const was = place === undefined ? undefined : this.rows[place];
    if (place === undefined || !was) return;
    this.rows[place] = { ...was, values: { ...was.values, ...values } };
    this.changed();
  }

  /** Notes the version that a change gave a record. */
  version(id: number, version: number): void {
    const row = this.row(id);
    if (row && version > row.version) {
      this.rows[this.places.get(id) as number] = { ...row, version };
      this.changed();
    }
  }

  insert(row: Row, place = 0, byOthers = false): void {
    if (this.places.has(row.id)) {
      this.put(row, byOthers);
      return;
    }
    this.mergeLabels(row.labels);
    this.rows.splice(Math.min(place, this.rows.length), 0, { ...row, fresh: byOthers ? 1 : 0, flash: null });
    if (this.total >= 0) this.total++;
    this.renumber();
  }

  /** Takes rows out and says where each was, so that they can come back to their places. */
  remove(ids: number[]): { row: Row; place: number }[] {
    const gone = new Set(ids);
    const out = this.rows.flatMap((row, place) => (gone.has(row.id) ? [{ row, place }] : []));
    if (out.length === 0) return out;
    this.rows = this.rows.filter((row) => !gone.has(row.id));
    if (this.total >= 0) this.total = Math.max(0, this.total - out.length);
    this.renumber();
    return out;
  }

  private renumber(): void {
    this.places = new Map(this.rows.map((row, place) => [row.id, place]));
    this.changed();
  }

  private changed(): void {
    this.revision++;
    if (this.closed) return;
    for (const heard of this.listeners) heard();
  }
}
