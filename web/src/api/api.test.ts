import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '@/lib/i18n';
import { staleKeys } from './events';
import { faultsByField, fieldPath, formFaults, Problem } from './problem';

/** The client takes fetch when it is made, so it is loaded after the stand-in. */
async function clientAnswering(status: number, body: unknown) {
  const seen: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    seen.push(request);
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  });
  vi.resetModules();
  const client = await import('./client');
  const { Problem: Fresh } = await import('./problem');
  return { ...client, seen, Fresh };
}

beforeEach(() => setLanguage('zh'));
afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('zh');
});

describe('a request', () => {
  it('asks in the language of the reader', async () => {
    const { api, read, seen } = await clientAnswering(200, { items: [] });
    await read(api.GET('/objects'));
    expect(seen[0]?.headers.get('Accept-Language')).toBe('zh-CN');
  });

  it('that fails throws the problem with its code and fields', async () => {
    const { api, read, Fresh } = await clientAnswering(422, {
      code: 'plan_invalid',
      detail: '请改',
      errors: [{ code: 'size_not_positive', field: 'params.size', detail: '须大于 0' }],
    });
    const error = await read(api.GET('/objects')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Fresh);
    expect(error).toMatchObject({ status: 422, code: 'plan_invalid', faults: [{ field: 'params.size' }] });
  });

  it('that fails at one line of a file says which', async () => {
    const { api, read } = await clientAnswering(422, {
      code: 'not_a_number',
      field: '汇率',
      detail: '不是数字',
      row: 3,
    });
    const error = await read(api.GET('/objects')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ faults: [{ field: '汇率', detail: '不是数字', row: 3 }] });
  });

  it('that is answered by something else still is a problem with its status', async () => {
    const { api, read } = await clientAnswering(502, undefined);
    await expect(read(api.GET('/objects'))).rejects.toMatchObject({ status: 502, code: 'unknown' });
  });
});

describe('faults at their fields', () => {
  const problem = new Problem(422, {
    code: 'x',
    detail: 'whole',
    errors: [
      { field: 'steps[1].at', detail: 'first' },
      { field: 'steps[1].at', detail: 'second' },
      { detail: 'without a field' },
    ],
  });
  it('the first one of a field is shown', () => {
    expect(faultsByField(problem)).toEqual({ 'steps[1].at': 'first', '': 'without a field' });
  });
  it('forms get paths', () => {
    expect(formFaults(problem)).toEqual([{ name: ['steps', 1, 'at'], errors: ['first'] }]);
    expect(fieldPath('login')).toEqual(['login']);
  });
});

describe('events', () => {
  const stale = (key: readonly unknown[], keys: readonly (readonly unknown[])[]) => {
    const client = new QueryClient();
    client.setQueryData(key, 1);
    for (const queryKey of keys) void client.invalidateQueries({ queryKey });
    return client.getQueryState(key)?.isInvalidated;
  };
  const change = staleKeys('change', { seq: 1, object: 'deal', record_id: 7, kind: 'update' });
  it.each([
    ['the list of that object', ['records', 'deal', 'page'], true],
    ['the record', ['record', 'deal', 7], true],
    ['another record', ['record', 'deal', 8], false],
    ['another object', ['records', 'contract'], false],
    ['my progress', ['my-rewards', 0], true],
  ])('a saved record makes %s out of date', (_, key, out) => {
    expect(stale(key, change)).toBe(out);
  });
  it('an award refreshes the feed and the award', () => {
    const keys = staleKeys('award', {
      id: 3,
      plan: 'p',
      person_ids: [1],
      state: 'granted',
      kind: 'grant',
      subject: 'person',
      subject_id: 1,
    });
    expect(stale(['feed'], keys)).toBe(true);
    expect(stale(['awards', 'one', 3], keys)).toBe(true);
  });
});
