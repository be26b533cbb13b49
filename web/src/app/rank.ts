import { pinyinInitials } from './pinyin';

/** How well a title answers what was typed: the smaller, the better; null when it does not contain it. */
export function fitOf(title: string, typed: string): number | null {
  const name = title.trim().toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return 0;
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.split(/[\s·、，,（）()"“”/_-]+/).some((word) => word.startsWith(wanted))) return 2;
  if (name.includes(wanted)) return 3;
  return null;
}

/** Also by the initials of its pinyin, for titles that are known here: 我的奖励 is found by wdjl. */
export function fitLocally(title: string, typed: string): number | null {
  const plain = fitOf(title, typed);
  if (plain !== null || !/^[a-z]{2,}$/i.test(typed)) return plain;
  const initials = pinyinInitials(title);
  return initials.startsWith(typed.toLowerCase()) ? 2 : initials.includes(typed.toLowerCase()) ? 3 : null;
}

/** What the server found by something else than its title. */
const otherwise = 4;

/** The best first; of equally good ones those of the earlier list, so that pages stand before records. */
export function ranked<T extends { title: string }>(typed: string, local: readonly T[], found: readonly T[]): T[] {
  const scored = [
    ...local.flatMap((hit) => {
      const score = fitLocally(hit.title, typed);
      return score === null ? [] : [{ hit, score }];
    }),
    ...found.map((hit) => ({ hit, score: fitOf(hit.title, typed) ?? otherwise })),
  ];
  return scored.sort((a, b) => a.score - b.score).map(({ hit }) => hit);
}
