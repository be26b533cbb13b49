import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportJob, Mapping } from './model';
import { keeper } from './useKept';

const mapping = (object: string): Mapping => ({ object, columns: [] });

describe('what is mapped', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function watched() {
    const sent: string[] = [];
    const open: (() => void)[] = [];
    const send = (each: Mapping) => {
      sent.push(each.object);
      return new Promise<ImportJob>((resolve) => open.push(() => resolve({ id: 1 } as ImportJob)));
    };
    return { sent, open, kept: keeper(send, () => undefined) };
  }

  it('is kept once it stands still, the newest only', async () => {
    const { sent, kept } = watched();
    kept.change(mapping('a'));
    await vi.advanceTimersByTimeAsync(300);
    kept.change(mapping('ab'));
    await vi.advanceTimersByTimeAsync(300);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(sent).toEqual(['ab']);
  });
  it('is kept at once when the page goes away, one save after the other', async () => {
    const { sent, open, kept } = watched();
    kept.change(mapping('a'));
    void kept.settle();
    await vi.advanceTimersByTimeAsync(0);
    kept.change(mapping('b'));
    void kept.settle(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['a']);
    open[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['a', 'b']);
  });
  it('is not sent behind something newer', async () => {
    const { sent, kept } = watched();
    kept.change(mapping('a'));
    await kept.drop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([]);
  });
  it('is kept again after a save that failed', async () => {
    let tries = 0;
    const kept = keeper(
      () => (tries++ === 0 ? Promise.reject(new Error('offline')) : Promise.resolve({ id: 1 } as ImportJob)),
      () => undefined,
    );
    kept.change(mapping('a'));
    await kept.settle();
    kept.change(mapping('b'));
    await kept.settle();
    expect(tries).toBe(2);
  });
});
