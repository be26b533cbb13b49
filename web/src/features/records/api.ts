import { api, read } from '@/api/client';
import type { Award, Change, List } from '@/api/types';
import type { Wire } from '@/features/objects/model';

export type Labels = Record<string, Record<string, string>>;

/** Both together; the newer name wins. */
export function mergeLabels(a: Labels | undefined, b: Labels | undefined): Labels {
  const out: Labels = { ...a };
  for (const [field, names] of Object.entries(b ?? {})) out[field] = { ...out[field], ...names };
  return out;
}

export interface Row {
  id: number;
  external_id: string;
  version: number;
  created_at: string;
  updated_at: string;
  deleted: boolean;
  values: Record<string, Wire>;
  labels?: Labels;
}

export interface RowPage extends List<Row> {
  labels?: Labels;
}

/** What a page of rows is asked by. */
export interface RowQuery {
  filter?: string;
  where?: string;
  sort?: string;
  search?: string;
}

/** Rows of one page: the most that the server gives. */
export const pageRows = 500;

/** Rows of one batch request. */
export const batchRows = 1_000;

const of = (object: string) => ({ path: { object } });
const at = (object: string, id: number) => ({ path: { object, id } });

// The contract leaves a record's values open; here they are what the field types allow.

export async function listRows(object: string, query: RowQuery, cursor: string, limit = pageRows): Promise<RowPage> {
  const asked = Object.fromEntries(
    Object.entries({ ...query, cursor, limit }).filter(([, v]) => v !== undefined && v !== ''),
  );
  return (await read(api.GET('/objects/{object}/records', { params: { ...of(object), query: asked } }))) as RowPage;
}

export async function getRow(object: string, id: number): Promise<Row> {
  return (await read(api.GET('/objects/{object}/records/{id}', { params: at(object, id) }))) as Row;
}

export async function createRow(object: string, values: Record<string, Wire>): Promise<Row> {
  const header = { 'Idempotency-Key': onceKey() };
  const made = (await read(
    api.POST('/objects/{object}/records', { params: { ...of(object), header }, body: { values } }),
  )) as Row;
  // The answer has no names of the people and records that the new one points at.
  return getRow(object, made.id).catch(() => made);
}

/** Changes a record only if it still has the version that the person saw. */
export async function patchRow(
  object: string,
  id: number,
  version: number,
  values: Record<string, Wire>,
): Promise<Row> {
  const header = { 'If-Match': `"${version}"` };
  return (await read(
    api.PATCH('/objects/{object}/records/{id}', { params: { ...at(object, id), header }, body: { values } }),
  )) as Row;
}

export async function deleteRow(object: string, id: number): Promise<void> {
  await api.DELETE('/objects/{object}/records/{id}', { params: at(object, id) });
}

export async function restoreRow(object: string, id: number): Promise<Row> {
  return (await read(api.POST('/objects/{object}/records/{id}/restore', { params: at(object, id) }))) as Row;
}

export interface BatchRow {
  op: 'update' | 'create' | 'delete' | 'restore';
  id?: number;
  version?: number;
  values?: Record<string, Wire>;
}

export interface BatchOutcome {
  row: number;
  status: string;
  id?: number;
  version?: number;
  problem?: { status: number; code: string; detail: string; field?: string };
}

export async function batch(object: string, rows: BatchRow[]): Promise<{ rows: BatchOutcome[] | null }> {
  // The body may also be a stream of lines, so the contract does not type it.
  return read(api.POST('/objects/{object}/batch', { params: of(object), body: rows as never }));
}

/** One change with what it changed, by field. */
export interface Entry extends Omit<Change, 'before' | 'after'> {
  before: Record<string, Wire> | null;
  after: Record<string, Wire> | null;
}

/** A page of changes, with the names of what their values refer to. */
export interface HistoryPage extends List<Entry> {
  labels?: Labels;
}

export async function history(object: string, id: number, cursor = ''): Promise<HistoryPage> {
  const query = cursor ? { cursor } : {};
  return (await read(
    api.GET('/objects/{object}/records/{id}/history', { params: { ...at(object, id), query } }),
  )) as HistoryPage;
}

export function awardsOf(object: string, id: number, cursor = ''): Promise<List<Award>> {
  const query = cursor ? { cursor } : {};
  return read(api.GET('/objects/{object}/records/{id}/awards', { params: { ...at(object, id), query } }));
}

/** A key that makes a repeated request safe. randomUUID exists on secure pages only. */
export function onceKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
