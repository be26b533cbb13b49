import { describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import type { Row } from '@/features/records/api';
import { RowStore } from './rowStore';
import { clashesWith, Saver } from './saving';

const server = vi.hoisted(() => ({ patchRow: vi.fn(), getRow: vi.fn(), batch: vi.fn() }));
vi.mock('@/features/records/api', async (original) => ({ ...(await original<object>()), ...server }));

const row = (version: number, values: Row['values']): Row => ({
  id: 1,
  external_id: '',
  version,
  created_at: '',
  updated_at: '',
  deleted: false,
  values,
});
const edit = (field: string, before: string, after: string) => ({ record: 1, field, before, after });

async function storeWith(first: Row) {
  const store = new RowStore(async () => ({ items: [first], next: '', total: 1 }));
  store.need(0);
  await vi.waitFor(() => expect(store.complete).toBe(true));
  return store;
}

describe('clashesWith', () => {
  it('names only cells that are neither as seen nor as wanted', () => {
    const now = row(3, { name: 'theirs', city: 'seen', stage: 'won' });
    const edits = [edit('name', 'seen', 'mine'), edit('city', 'seen', 'mine'), edit('stage', 'new', 'won')];
    expect(clashesWith(edits, now)).toEqual([{ record: 1, field: 'name', mine: 'mine', theirs: 'theirs' }]);
  });
});

describe('Saver', () => {
  it('merges with another cell of the record changed meanwhile', async () => {
    const store = await storeWith(row(1, { name: 'a', city: 'x' }));
    server.patchRow
      .mockRejectedValueOnce(new Problem(412, { code: 'version_conflict' }))
      .mockResolvedValueOnce(row(3, { name: 'b', city: 'y' }));
    server.getRow.mockResolvedValueOnce(row(2, { name: 'a', city: 'y' }));
    expect(await new Saver('deal', store).save([edit('name', 'a', 'b')])).toEqual({ clashes: [], refusals: [] });
    expect(server.patchRow.mock.calls.map((c) => c[2])).toEqual([1, 2]);
    expect(store.row(1)).toMatchObject({ version: 3, values: { name: 'b', city: 'y' } });
  });
  it('shows theirs and reports the clash when it is the same cell', async () => {
    const store = await storeWith(row(1, { name: 'a' }));
    server.patchRow.mockRejectedValueOnce(new Problem(412, { code: 'version_conflict' }));
    server.getRow.mockResolvedValueOnce(row(2, { name: 'theirs' }));
    const saved = await new Saver('deal', store).save([edit('name', 'a', 'mine')]);
    expect(saved.clashes).toEqual([{ record: 1, field: 'name', mine: 'mine', theirs: 'theirs' }]);
    expect(store.row(1)?.values.name).toBe('theirs');
  });
  it('puts the old value back when the server refuses', async () => {
    const store = await storeWith(row(1, { name: 'a' }));
    server.patchRow.mockRejectedValueOnce(new Problem(422, { code: 'not_unique', detail: 'taken' }));
    const saved = await new Saver('deal', store).save([edit('name', 'a', 'b')]);
    expect(saved.refusals).toEqual([{ record: 1, field: 'name', reason: 'taken' }]);
    expect(store.row(1)?.values.name).toBe('a');
  });
});
