import { describe, expect, test } from 'vitest';
import type { PlanDetail } from '@/api/types';
import { judgedFrom, offersOf, waitingOf } from './review';

const barred = { zh: '这一版是你写的', en: 'You wrote it' };
const plan = (statuses: string[], more: object = {}) =>
  ({
    versions: statuses.map((status, index) => ({
      no: statuses.length - index,
      status,
      effective_from: `2026-0${9 - index}-01`,
    })),
    ...more,
  }) as unknown as PlanDetail;

describe('the version that waits', () => {
  test('is the draft or the one in review, else there is none', () => {
    expect(waitingOf(plan(['draft', 'published']))).toMatchObject({ version: { no: 2 }, inReview: false });
    expect(waitingOf(plan(['in_review'], { publish_barred: barred }))).toMatchObject({ inReview: true, barred });
    expect(waitingOf(plan(['published', 'superseded']))).toBeUndefined();
  });
  test('is not what was judged by, while a version that ended is', () => {
    expect(judgedFrom(plan(['in_review', 'published', 'superseded']))).toBe('2026-08-01');
    expect(judgedFrom(plan(['draft', 'ended']))).toBe('2026-08-01');
    expect(judgedFrom(plan(['in_review']))).toBeUndefined();
    expect(judgedFrom(undefined)).toBeUndefined();
  });
});

describe('what the editor offers', () => {
  test('without four eyes everything, but no second submission of the same', () => {
    expect(offersOf(undefined, false, false)).toEqual({ submit: true, publish: true });
    expect(offersOf(plan(['in_review']), true, false)).toEqual({ submit: false, publish: true });
    expect(offersOf(plan(['in_review']), false, false)).toEqual({ submit: true, publish: true });
  });
  test('with four eyes nothing is published that was not submitted as it stands, nor by its author', () => {
    expect(offersOf(undefined, false, true)).toEqual({ submit: true, publish: false });
    expect(offersOf(plan(['draft']), true, true)).toEqual({ submit: true, publish: false });
    expect(offersOf(plan(['in_review']), true, true)).toEqual({ submit: false, publish: true });
    expect(offersOf(plan(['in_review']), false, true)).toEqual({ submit: true, publish: false });
    expect(offersOf(plan(['in_review'], { publish_barred: barred }), true, true)).toEqual({
      submit: false,
      publish: false,
    });
  });
});
