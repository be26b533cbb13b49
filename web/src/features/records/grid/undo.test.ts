import { describe, expect, it } from 'vitest';
import { MAX_ACTS, UndoStack } from './undo';

const edit = (record: number, before: string, after: string) => ({ record, field: 'name', before, after });

describe('UndoStack', () => {
  it('takes a paste back as one act, last cell first', () => {
    const stack = new UndoStack();
    stack.push({ kind: 'edit', cells: [edit(1, 'a', 'b'), edit(2, 'c', 'd')] });
    expect(stack.undo()).toEqual({ kind: 'edit', cells: [edit(2, 'd', 'c'), edit(1, 'b', 'a')] });
    expect(stack.undo()).toBeUndefined();
  });
  it('redoes until something new is done', () => {
    const stack = new UndoStack();
    stack.push({ kind: 'edit', cells: [edit(1, 'a', 'b')] });
    stack.undo();
    expect(stack.redo()).toEqual({ kind: 'edit', cells: [edit(1, 'a', 'b')] });
    stack.undo();
    stack.push({ kind: 'delete', records: [4] });
    expect(stack.redo()).toBeUndefined();
  });
  it('forgets what the server refused', () => {
    const stack = new UndoStack();
    stack.push({ kind: 'edit', cells: [edit(1, 'a', 'b'), edit(2, 'c', 'd')] });
    stack.forget([{ record: 1, field: 'name' }]);
    expect(stack.undo()).toEqual({ kind: 'edit', cells: [edit(2, 'd', 'c')] });
    stack.push({ kind: 'edit', cells: [edit(1, 'a', 'b')] });
    stack.forget([{ record: 1, field: 'name' }]);
    expect(stack.depth).toBe(0);
  });
  it('keeps a bounded number of acts and no empty ones', () => {
    const stack = new UndoStack();
    stack.push({ kind: 'edit', cells: [] });
    expect(stack.depth).toBe(0);
    for (let i = 0; i < MAX_ACTS + 5; i++) stack.push({ kind: 'delete', records: [i] });
    expect(stack.depth).toBe(MAX_ACTS);
  });
});
