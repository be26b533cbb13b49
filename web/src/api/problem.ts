import type { PastChanges } from './types';

/** One fault of a request: RFC 9457 with the stable code, the field at fault and a sentence to act on. */
export interface Fault {
  code: string;
  field?: string;
  detail: string;
  row?: number;
}

/** What the server answered instead of a result. `detail` is already in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field?: string;
  readonly faults: Fault[];
  /** What the act would change of periods already judged, where that is why it was refused. */
  readonly changes?: PastChanges;

  constructor(
    status: number,
    body: Partial<Fault> & { title?: string; errors?: Partial<Fault>[] | null; changes?: PastChanges },
  ) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.field = body.field || undefined;
    this.changes = body.changes;
    this.faults = (body.errors ?? []).map((each) => ({
      code: each.code ?? this.code,
      field: each.field,
      detail: each.detail ?? this.message,
      row: each.row,
    }));
    if (this.faults.length === 0)
      this.faults = [{ code: this.code, field: this.field, detail: this.message, row: body.row }];
  }
}

/** Status of an answer that never came: no network, or the server is down. */
export const unreachable = 0;

export function isProblem(error: unknown, status?: number): error is Problem {
  return error instanceof Problem && (status === undefined || error.status === status);
}

/** Errors by field name, for forms; faults without a field are under "". */
export function faultsByField(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return error ? { '': String((error as Error).message ?? error) } : {};
  const byField: Record<string, string> = {};
  for (const fault of error.faults) byField[fault.field ?? ''] ??= fault.detail;
  return byField;
}

/** For antd's form.setFields: puts each fault at its field (dots and brackets become the path). */
export function formFaults(error: unknown): { name: (string | number)[]; errors: string[] }[] {
  return Object.entries(faultsByField(error))
    .filter(([field]) => field !== '')
    .map(([field, detail]) => ({ name: fieldPath(field), errors: [detail] }));
}

/** "params.steps[1].at" → ["params", "steps", 1, "at"] */
export function fieldPath(field: string): (string | number)[] {
  return field
    .split(/[.[\]]+/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\d+$/.test(piece) ? Number(piece) : piece));
}
