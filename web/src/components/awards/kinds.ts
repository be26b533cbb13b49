/** Kinds of rewards that are counted, not added up in money, in the order in which they are shown. */
export const kinds = ['badge', 'title', 'gift', 'training', 'growth', 'points', 'leave'] as const;
