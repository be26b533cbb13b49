import { describe, expect, it, vi } from 'vitest';
import type { Row, RowPage } from '@/features/records/api';
import { neighboursIn } from '@/features/records/trail';
import { freshMs, RowStore } from './rowStore';

const row = (id: number, version = 1, name = `n${id}`): Row => ({
  id,
  external_id: '',
  version,
  created_at: '',
  updated_at: '',
  deleted: false,
  values: { name },
});

function paged(size: number, pages: number, ahead = 0) {
  const asked: string[] = [];
  const store = new RowStore(async (cursor): Promise<RowPage> => {
    asked.push(cursor);
    const page = cursor === '' ? 0 : Number(cursor);
    return {
      items: Array.from({ length: size }, (_, i) => row(page * size + i + 1)),
      next: page + 1 < pages ? String(page + 1) : '',
      total: page === 0 ? size * pages : -1,
    };
  }, ahead);
  return { store, asked };
}

const settled = async (store: RowStore) => {
  for (let i = 0; i < 200 && store.loading; i++) await Promise.resolve();
};

describe('RowStore', () => {
  it('loads only the pages that scrolling needs', async () => {
    const { store, asked } = paged(10, 20);
    store.need(0);
    await settled(store);
    expect(store.length).toBe(200);
    expect(asked).toEqual(['']);
    store.need(35);
    await settled(store);
    expect(store.rows).toHaveLength(40);
    store.need(199);
    await settled(store);
    expect(store.complete).toBe(true);
    expect(store.length).toBe(200);
  });
  it('asks for the next page before it is scrolled to', async () => {
    const { store, asked } = paged(10, 20, 10);
    store.need(0);
    await settled(store);
    expect(asked).toHaveLength(1);
    store.need(5);
    await settled(store);
    expect(asked).toHaveLength(2);
  });
  it('stops at an error and goes on after retry', async () => {
    let broken = true;
    const store = new RowStore(async () => {
      if (broken) throw new Error('away');
      return { items: [row(1)], next: '', total: 1 };
    });
    store.need(0);
    await settled(store);
    expect(store.error).toBeInstanceOf(Error);
    store.need(5);
    expect(store.loading).toBe(false);
    broken = false;
    store.retry();
    await settled(store);
    expect(store.rows).toHaveLength(1);
  });
  it('marks the cells that others change for a while, never goes back to an older version', async () => {
    vi.useFakeTimers();
    const { store } = paged(3, 1);
    store.need(0);
    await settled(store);
    store.put(row(2, 5, 'new'), true, '王小明');
    expect(store.row(2)).toMatchObject({ version: 5, fresh: 1, flash: { fields: ['name'], by: '王小明' } });
    vi.advanceTimersByTime(freshMs / 2);
    store.put(row(2, 6, 'newer'), true, '张伟');
    vi.advanceTimersByTime(freshMs / 2);
    expect(store.row(2)?.flash?.by).toBe('张伟');
    vi.advanceTimersByTime(freshMs);
    expect(store.row(2)?.flash).toBeNull();
    vi.useRealTimers();
  });
  it('marks nothing when a change only brings back what is shown, as one of one’s own does', async () => {
    const { store } = paged(3, 1);
    store.need(0);
    await settled(store);
    store.set(2, { name: 'mine' });
    store.put(row(2, 5, 'mine'), true, '王小明');
    expect(store.row(2)).toMatchObject({ version: 5, fresh: 0, flash: null });
  });
  it('never goes back to an older version', async () => {
    const { store } = paged(3, 1);
    store.need(0);
    await settled(store);
    store.put(row(2, 5, 'new'), true);
    store.put(row(2, 4, 'late'), true);
    expect(store.row(2)?.values.name).toBe('new');
    store.put(row(2, 5, 'new'), true);
    expect(store.row(2)?.fresh).toBe(1);
  });
  it('puts deleted rows back where they were', async () => {
    const { store } = paged(4, 1);
    store.need(0);
    await settled(store);
    const gone = store.remove([2, 3]);
    expect(store.rows.map((r) => r.id)).toEqual([1, 4]);
    expect(store.total).toBe(2);
    for (const { row: each, place } of gone) store.insert(each, place);
    expect(store.rows.map((r) => r.id)).toEqual([1, 2, 3, 4]);
    expect(store.row(3)?.id).toBe(3);
  });
  it('knows the neighbours of a record in its own order', async () => {
    const store = new RowStore(async () => ({ items: [row(9), row(3), row(5)], next: '', total: 3 }));
    store.need(0);
    await settled(store);
    expect(neighboursIn(store, 3)).toEqual({ previous: 9, next: 5 });
    expect(neighboursIn(store, 9)).toEqual({ previous: undefined, next: 3 });
    expect(neighboursIn(store, 77)).toBeNull();
  });
  it('shows a row once that moved between two pages', async () => {
    const pages: RowPage[] = [
      { items: [row(1), row(2)], next: 'b', total: -1 },
      { items: [row(2), row(3)], next: '', total: -1 },
    ];
    const store = new RowStore(async (cursor) => pages[cursor === '' ? 0 : 1] as RowPage);
    store.need(10);
    await settled(store);
    expect(store.rows.map((r) => r.id)).toEqual([1, 2, 3]);
  });
});
