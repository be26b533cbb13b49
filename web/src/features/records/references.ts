import { api, read } from '@/api/client';
import type { List, Person } from '@/api/types';
import type { Field, ObjectInfo } from '@/features/objects/model';
import { titleField } from '@/features/objects/model';
import { listRows, type Row } from './api';

export interface Reference {
  id: number;
  name: string;
  hint: string;
}

/** Names offered at a time. */
const offered = 20;

/** What a record is called: its title field, else its external id, else its number. */
export function titleOf(object: ObjectInfo | undefined, row: Pick<Row, 'id' | 'external_id' | 'values'>): string {
  const field = object && titleField(object);
  const value = field ? row.values[field.key] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  return row.external_id || `#${row.id}`;
}

/** People or records whose name has the text in it. */
export async function findReferences(field: Field, objects: ObjectInfo[], text: string): Promise<Reference[]> {
  if (field.type === 'person') {
    const people = await read<List<Person>>(api.GET('/people', { params: { query: { search: text } } }));
    return (people.items ?? []).slice(0, offered).map((p) => ({ id: p.id, name: p.name, hint: p.position || p.key }));
  }
  const target = objects.find((o) => o.key === field.target);
  const page = await listRows(field.target, { search: text }, '', offered);
  return page.items.map((row) => ({ id: row.id, name: titleOf(target, row), hint: row.external_id }));
}

export type Resolved = { reference: Reference } | { fault: 'none' | 'several' };

/** The one thing with exactly this name (or key). */
export function exactly(found: Reference[], text: string): Resolved {
  const word = text.trim().toLowerCase();
  const hits = found.filter((r) => r.name.toLowerCase() === word || r.hint.toLowerCase() === word);
  const first = hits[0];
  if (!first) return { fault: 'none' };
  return hits.length === 1 ? { reference: first } : { fault: 'several' };
}
