/**
 * The first words of every query key. They live together because events.ts invalidates by them;
 * the rest of a key is beside its query.
 */
export const keys = {
  me: ['me'] as const,
  status: ['status'] as const,
  welcome: ['welcome'] as const,
  objects: ['objects'] as const,
  records: (object: string) => ['records', object] as const,
  record: (object: string, id: number) => ['record', object, id] as const,
  awards: ['awards'] as const,
  award: (id: number) => ['awards', 'one', id] as const,
  myRewards: ['my-rewards'] as const,
  feed: ['feed'] as const,
  plans: ['plans'] as const,
  plan: (key: string) => ['plans', 'one', key] as const,
  standing: ['standing'] as const,
  metrics: ['metrics'] as const,
  targets: ['targets'] as const,
  rates: ['rates'] as const,
  closings: ['closings'] as const,
  statements: ['statements'] as const,
  proofs: ['proofs'] as const,
  people: ['people'] as const,
  units: ['units'] as const,
  imports: ['imports'] as const,
  importJob: (id: number | string) => ['imports', 'one', String(id)] as const,
  search: ['search'] as const,
};
