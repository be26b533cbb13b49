import { act, renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { readWidths, useWidths } from './columns';

describe('widths of columns', () => {
  beforeEach(() => localStorage.clear());
  it('are kept on the device, each object its own', () => {
    const first = renderHook(({ object }) => useWidths(object), { initialProps: { object: 'deal' } });
    act(() => first.result.current[1]({ name: 240 }));
    first.rerender({ object: 'order' });
    expect(first.result.current[0]).toEqual({});
    first.unmount();
    expect(renderHook(() => useWidths('deal')).result.current[0]).toEqual({ name: 240 });
  });
  it('stay what they are while nothing changes, so that no line is drawn again', () => {
    const hook = renderHook(() => useWidths('deal'));
    const before = hook.result.current[0];
    hook.rerender();
    expect(hook.result.current[0]).toBe(before);
  });
  it('are bounded, whatever storage holds', () => {
    expect(readWidths({ a: 3, b: 9_000, c: '12', d: null, e: 120.4 })).toEqual({ a: 60, b: 800, e: 120 });
    expect(readWidths([1])).toEqual({});
  });
});
