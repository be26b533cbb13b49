/** Kinds of rewards that are counted, not added up in money, in the order in which they are shown. */
export const kinds = ['badge', 'title', 'gift', 'training', 'growth', 'points', 'leave'] as const;

/** How much of a kind there is: points and days of leave themselves, pieces of everything else. */
export const howMuch = (kind: string, counts: Record<string, number>, figures: Record<string, string>) =>
  figures[kind] ?? String(counts[kind] ?? 0);
