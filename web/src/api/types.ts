import type { Text } from '@/lib/i18n';

/** The nouns of the HTTP contract. Amounts and numbers are decimal strings: no float touches them. */
export type { Text };
export interface Amount {
  amount: string;
  currency: string;
}
export interface List<T> {
  items: T[];
  next: string;
  total: number;
}

export interface Organisation {
  name: Text;
  time_zone: string;
  fiscal_start_month: number;
  currency: string;
  language: string;
}
export interface Me {
  account: { id: number; login: string; roles: string[]; language: string };
  person: { id: number; key: string; name: string } | null;
  organisation: Organisation;
  version: string;
}
export interface DemoSignIn {
  login: string;
  password: string;
  role: string;
  name: string;
}
export interface Status {
  version: string;
  db: string;
  demo?: DemoSignIn[] | null;
  engine: { cursor: number; head: number; lag: number; as_of: string; holder: string };
  counts: Record<string, number>;
}

export interface Choice {
  key: string;
  name: Text;
  color?: string;
}
export interface Field {
  id: number;
  key: string;
  name: Text;
  type: string;
  required: boolean;
  unique: boolean;
  scale: number;
  currency: string;
  choices: Choice[];
  target: string;
}
export interface ObjectInfo {
  id: number;
  key: string;
  name: Text;
  title_field: string;
  version: number;
  fields: Field[];
  count: number;
}
export type Cell = null | boolean | string | number | Amount | string[];
export interface RecordRow {
  id: number;
  external_id: string;
  version: number;
  created_at: string;
  updated_at: string;
  deleted: boolean;
  values: Record<string, Cell>;
}
export interface RecordList extends List<RecordRow> {
  labels: Record<string, Record<string, string>>;
}
export interface Change {
  seq: number;
  at: string;
  actor: string;
  actor_name: string;
  kind: string;
  before: Record<string, Cell> | null;
  after: Record<string, Cell> | null;
}

export interface UnitRef {
  id: number;
  name: Text;
}
export interface Person {
  id: number;
  key: string;
  name: string;
  email: string;
  position: string;
  joined_on: string | null;
  left_on: string | null;
  login: string;
  departments: UnitRef[];
  teams: UnitRef[];
  manager: { id: number; name: string } | null;
}
export interface Unit {
  id: number;
  key: string;
  kind: 'team' | 'department';
  name: Text;
  parent_id: number;
  members: number;
}

export interface Measure {
  kind: string;
  value?: string;
  of?: string;
  to?: string;
}
export interface MetricDef {
  key: string;
  name: Text;
  object: string;
  condition: string;
  date: string;
  person: string;
  measure: Measure;
  unit: Text;
}
export interface LeftOut {
  reason: Text | string;
  count: number;
  sample: number[];
}
export interface Metric extends MetricDef {
  scale: number;
  currency: string;
  problems: LeftOut[];
}
export interface MetricCheck {
  ok: boolean;
  problems: PlanProblem[];
  count?: number;
  sample?: number[];
}

export interface Reward {
  kind: string;
  name: Text;
  amount?: string;
  currency?: string;
  cost?: string;
  level?: number;
}
export interface Audience {
  persons?: string[];
  teams?: string[];
  departments?: string[];
  member?: string;
}
export interface PlanDef {
  key: string;
  name: Text;
  description: Text;
  metric: string;
  shape: string;
  params: Record<string, unknown>;
  reward: Reward;
  subject: string;
  audience: Audience;
  period: string;
  judged: string;
  effective_from: string;
  effective_until?: string | null;
  visibility: string;
  rounding?: string;
}
export interface Plan {
  id: number;
  key: string;
  name: Text;
  description: Text;
  status: string;
  sentence: Text;
  shape: string;
  metric: string;
  subject: string;
  period: string;
  reward: Reward;
  visibility: string;
  effective_from: string;
  covers_me: boolean;
  spent: Amount | null;
  awards: number;
  versions: number;
}
export interface PlanVersion {
  no: number;
  status: string;
  effective_from: string;
  published_at: string | null;
  published_by: string;
  sentence: Text;
  definition: PlanDef;
}
export interface PlanDetail extends Omit<Plan, 'versions'> {
  definition: PlanDef;
  versions: PlanVersion[];
  audience_text: Text;
}
export interface PlanProblem {
  code: string;
  field: string;
  message: string;
}
export interface SubjectRef {
  kind: string;
  id: number;
  name: string;
}
export interface Preview {
  sentence: Text;
  problems: PlanProblem[];
  periods: { label: string; from: string; to: string; winners: number; cost: Amount; subjects: number }[];
  rows: { period: string; subject: SubjectRef; value: string; due: string; amount: Amount | null; reward: Text }[];
  close: { subject: SubjectRef; period: string; value: string; missing: Text }[];
  total_cost: Amount;
  winners: number;
  people: number;
  elapsed_ms: number;
}
export interface Progress {
  ratio: number;
  value: string;
  target: string;
  remaining: string;
  sentence: Text;
  done: boolean;
}
export interface StandingRow {
  rank: number;
  subject: SubjectRef;
  value: string;
  progress: Progress;
  awards: number;
  amount: Amount | null;
  hidden: boolean;
  why_not: Text;
  is_me: boolean;
}
export interface Standing {
  period: { label: string; from: string; to: string; running: boolean };
  periods: string[];
  rows: StandingRow[];
}

export interface Award {
  id: number;
  plan: { key: string; name: Text };
  version: number;
  subject: SubjectRef;
  period: { label: string; from: string; to: string };
  slot: string;
  state: string;
  reward: { kind: string; name: Text };
  quantity: number;
  amount: Amount | null;
  hidden: boolean;
  earned_at: string;
  granted_at: string | null;
  headline: Text;
  reason: Text;
}
export interface AwardDetail extends Award {
  sentence: Text;
  steps: { label: Text; formula: string; result: string }[];
  records: {
    object: string;
    id: number;
    title: string;
    date: string;
    person: { id: number; name: string } | null;
    value: string;
    part: string;
  }[];
  records_total: number;
  history: {
    at: string;
    kind: string;
    amount_before: Amount | null;
    amount_after: Amount | null;
    cause: { text: Text; object: string; record_id: number; seq: number };
  }[];
  previous: { id: number } | null;
  next: { id: number } | null;
  version_no: number;
}
export interface MyProgress {
  plan: { key: string; name: Text; shape: string };
  period: string;
  subject: SubjectRef;
  value: string;
  target: string;
  ratio: number;
  remaining: string;
  sentence: Text;
  rank: number;
  of: number;
  done: boolean;
  records_link: { object: string; filter: string } | null;
}
export interface MyRewards {
  period_label: string;
  earned: Amount;
  earned_before: Amount;
  provisional: Amount;
  counts: Record<string, number>;
  progress: MyProgress[];
  recent: Award[];
}
export interface Found {
  kind: string;
  title: string;
  subtitle: string;
  object: string;
  id: number;
  key: string;
}
