/**
 * Every address of the app as a function, so that no feature writes an address by hand
 * and features link to each other without importing each other.
 */
const query = (params: Record<string, string | number | boolean | undefined>): string => {
  const pairs = Object.entries(params).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
};

const part = encodeURIComponent;

export interface AwardsFilter {
  person?: number;
  /** Of a team or department itself. */
  unit?: number;
  plan?: string;
  period?: string;
  /** Granted where nothing is said. */
  state?: AwardState | 'all';
  kind?: RewardKind;
  /** Of cash. */
  currency?: string;
  /** The person's own, without those of the person's teams. */
  own?: boolean;
  /** Earned on this day or later … */
  from?: string;
  /** … and before this one. */
  to?: string;
}

export type AwardState = 'provisional' | 'granted' | 'reversed';
export type RewardKind = 'cash' | 'gift' | 'title' | 'badge' | 'training' | 'growth' | 'points' | 'leave';

/** The parts of a year that the targets' grid shows. */
export type TargetParts = 'half' | 'quarter' | 'month';

export const paths = {
  signIn: (next?: string) => `/sign-in${query({ next })}`,
  home: () => '/',
  myRewards: (person?: number) => `/rewards${query({ person })}`,
  /** The reader's people: who earned what, who is close. */
  myTeam: () => '/rewards?tab=team',
  /** A list of awards, narrowed by what the figure stands for. */
  awards: (only: AwardsFilter = {}) => `/awards${query({ ...only })}`,
  award: (id: number) => `/awards/${id}`,
  feed: () => '/feed',
  plans: () => '/plans',
  plan: (key: string, period?: string) => `/plans/${part(key)}${query({ period })}`,
  planEditor: (key: string) => `/plans/${part(key)}/edit`,
  /** The sentence of a new plan, with its metric filled in. */
  newPlan: (metric?: string) => `/new-plan${query({ metric })}`,
  metrics: () => '/metrics',
  metric: (key: string) => `/metrics/${part(key)}`,
  newMetric: () => '/new-metric',
  /** Metrics that most companies count, over this company's tables. */
  readyMetrics: () => '/new-metrics',
  targets: (shown: { metric?: string; year?: string | number; parts?: TargetParts } = {}) =>
    `/targets${query({ ...shown })}`,
  /** A grid; `filter` is CEL text shown and editable on the page. */
  records: (object: string, filter?: string) => `/objects/${part(object)}${query({ filter })}`,
  record: (object: string, id: number) => `/objects/${part(object)}/${id}`,
  /** 关账: which periods are open, closed and paid; `label` opens one that is not closed yet. */
  closing: (kind?: string, label?: string) => `/closing${query({ kind, label })}`,
  /** 计提与预测: earned and not paid, and what the running period will come to. */
  accrual: (kind?: string) => `/accrual${query({ kind })}`,
  /** 汇率: what other currencies are worth, and where a rate is missing. */
  rates: () => '/rates',
  /** Everybody's statements of a period, for finance and managers. */
  statements: (period?: string) => `/statements${query({ period })}`,
  /** One statement; the reader's own without a subject. */
  statement: (period?: string, subject?: { kind: string; id: number }) =>
    `/statement${query({ period, kind: subject?.kind, subject: subject?.id })}`,
  /** Files that the server makes. */
  statementPdf: (period: string, subject: { kind: string; id: number }) =>
    `/api/statements/${part(period)}/pdf${query({ kind: subject.kind, subject: subject.id })}`,
  accrualCsv: (by: 'plan' | 'department' | 'team') => `/api/accrual/csv${query({ by })}`,
  statementCsv: (period: string) => `/api/statements/${part(period)}/csv`,
  /** 核对: when the figures were last recomputed, and with what result. */
  proof: () => '/proof',
  people: () => '/people',
  person: (id: number) => `/people/${id}`,
  units: () => '/units',
  imports: () => '/imports',
  import: (id: number | string) => `/imports/${id}`,
  settings: () => '/settings',
  objectSettings: () => '/settings/objects',
  account: () => '/settings/account',
};
