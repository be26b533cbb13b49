import type { Text } from '@/lib/i18n';
import type { components } from './schema';

/**
 * The nouns of the HTTP contract under short names; their shapes come from the generated schema alone.
 * Amounts and numbers are decimal strings: no float touches them.
 */
type Schemas = components['schemas'];

export type { Text };
export type Amount = Schemas['Amount'];
export interface List<T> {
  items: T[];
  next: string;
  total: number;
}
export type Named = Schemas['Named'];
export type KeyName = Schemas['KeyName'];
export type SubjectRef = Schemas['SubjectRef'];
export type ProblemPart = Schemas['ProblemPart'];

export type ExchangeRate = Schemas['ExchangeRate'];
export type ExchangeRates = Schemas['ExchangeRates'];
export type PastChanges = Schemas['PastChanges'];
export type Organisation = Schemas['Organisation'];
export type Account = Schemas['Account'];
export type Token = Schemas['Token'];
export type Me = Schemas['Me'];
export type Status = Schemas['Status'];
export type DemoSignIn = Schemas['DemoSignIn'];

export type Choice = Schemas['Choice'];
export type Field = Schemas['Field'];
export type FieldDef = Schemas['FieldDef'];
export type ObjectInfo = Schemas['Object'];
export type ObjectDef = Schemas['ObjectDef'];
/** One value of a record: number and percent as decimal strings, references as ids. */
export type Cell = null | undefined | boolean | string | number | Amount | string[];
export type RecordRow = Schemas['Record'];
export type RecordList = Schemas['RecordPage'];
export type Change = Schemas['Change'];

export type Person = Schemas['Person'];
export type PersonDetail = Schemas['PersonDetail'];
export type Unit = Schemas['Unit'];

export type Measure = Schemas['Measure'];
export type MetricDef = Schemas['MetricDef'];
export type Metric = Schemas['Metric'];
export type MetricSet = Schemas['MetricSet'];
export type ReadyChoice = Schemas['ReadyChoice'];
export type ReadyLine = Schemas['ReadyLine'];
export type FieldSlot = Schemas['FieldSlot'];
export type TargetGrid = Schemas['TargetGrid'];
export type MetricCheck = Schemas['MetricCheck'];

export type ShapeInfo = Schemas['ShapeInfo'];
export type Reward = Schemas['Reward'];
export type Audience = Schemas['Audience'];
export type PlanDef = Schemas['PlanDef'];
export type Plan = Schemas['Plan'];
export type PlanDetail = Schemas['PlanDetail'];
export type PlanVersion = Schemas['PlanVersion'];
export type Preview = Schemas['Preview'];
export type Standing = Schemas['Standing'];
export type StandingRow = Schemas['StandingRow'];
export type Progress = Schemas['Progress'];

export type Award = Schemas['Award'];
export type AwardDetail = Schemas['AwardDetail'];
export type MyProgress = Schemas['MyProgress'];
export type MyRewards = Schemas['MyRewards'];
export type MyTeam = Schemas['MyTeam'];
export type TeamMember = Schemas['TeamMember'];

export type ClosingCalendar = Schemas['ClosingCalendar'];
export type ClosingPeriod = Schemas['ClosingPeriod'];
export type ClosingPreview = Schemas['ClosingPreview'];
export type Accrual = Schemas['Accrual'];
export type AccrualLine = Schemas['AccrualLine'];
export type AccrualUnit = Schemas['AccrualUnit'];
export type Forecast = Schemas['Forecast'];
export type ForecastLine = Schemas['ForecastLine'];
export type Proofs = Schemas['Proofs'];
export type ProofRun = Schemas['ProofRun'];
export type Statement = Schemas['Statement'];
export type StatementCash = Schemas['StatementCash'];
export type StatementLine = Schemas['StatementLine'];
export type StatementPeriod = Schemas['StatementPeriod'];
export type Statements = Schemas['Statements'];
export type ClosingMoving = Schemas['ClosingMoving'];

export type SearchHit = Schemas['SearchHit'];
export type ImportJob = Schemas['ImportJob'];
export type Mapping = Schemas['Mapping'];

export type ChangeEvent = Schemas['ChangeEvent'];
export type AwardEvent = Schemas['AwardEvent'];
export type ImportEvent = Schemas['ImportEvent'];
