import type { PlanDef, Reward, ShapeInfo, Text } from '@/api/types';

/** One thing that two versions say differently. Names are in order from the whole to the part. */
export interface PlanDifference {
  path: Name[];
  before: Said;
  after: Said;
}

/** A field of a definition, a parameter of its rule, or a place in a list. */
export type Name = { field: string } | { text: Text } | { place: number };

/** A value as it is written, and how it is read; undefined where a version says nothing. */
export type Said = { text: Text } | { value: string; as?: Reading } | undefined;

/**
 * How a value is read: a percentage ("5%", "0.05"), a count of per cents ("5"), yes or no, what has a name of its own,
 * a value of the field by which records are told apart, an amount of a reward, or a figure of a metric.
 */
export type Reading =
  | 'percent'
  | 'per_cent'
  | 'yes_no'
  | 'metric'
  | 'plan'
  | 'person'
  | 'unit'
  | 'apart'
  | { amount: Pick<Reward, 'kind' | 'currency'> }
  | { figure: string };

type Param = ShapeInfo['params'][number];
type Fields = Record<string, unknown>;

/** The order in which a reader looks at a plan. What is not here comes last; the dates stand beside the versions. */
const order = ['name', 'description', 'subject', 'metric', 'earned', 'rollup', 'shape', 'params', 'reward', 'gates'];
const left = new Set(['key', 'effective_from', 'begins', 'effective_until']);

/** Everything that two definitions say differently, part by part. */
export function differences(before: PlanDef, after: PlanDef, shapes: readonly ShapeInfo[]): PlanDifference[] {
  const was = leavesOf(before, shapes);
  const is = leavesOf(after, shapes);
  const found: PlanDifference[] = [];
  for (const [path, leaf] of is) {
    const old = was.get(path);
    if (!same(old?.said, leaf.said)) {
      found.push({ path: leaf.path, before: old?.said, after: leaf.said });
    }
  }
  for (const [path, leaf] of was)
    if (!is.has(path)) found.push({ path: leaf.path, before: leaf.said, after: undefined });
  const rank = (each: PlanDifference) => {
    const first = each.path[0];
    const at = first && 'field' in first ? order.indexOf(first.field) : order.indexOf('params');
    return at < 0 ? order.length : at;
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

/** The same is what is written the same: a figure of another metric is told where the metric is. */
function same(a: Said, b: Said): boolean {
  const written = (said: Said) => said && ('text' in said ? said.text : said.value);
  return JSON.stringify(written(a)) === JSON.stringify(written(b));
}

/** What a definition means where it says nothing: whether it is written out or left out is no difference. */
const usual: Record<string, string> = {
  subject: 'person',
  judged: 'at_once',
  rounding: 'half_even',
  visibility: 'full',
  rollup: 'self',
  proration: 'off',
  ramp_on: 'amount',
  'audience.member': 'any_day',
};

interface Leaf {
  path: Name[];
  said: Said;
}

function leavesOf(def: PlanDef, shapes: readonly ShapeInfo[]): Map<string, Leaf> {
  const out = new Map<string, Leaf>();
  const shape = shapes.find((each) => each.key === def.shape);
  const walk = new Walk(def, shapes, out);
  for (const [key, value] of Object.entries(def)) {
    if (left.has(key)) continue;
    if (key === 'params') {
      walk.down(value, { at: def.shape, path: [], params: shape?.params ?? [] });
    } else if (key === 'shape') {
      out.set('shape', { path: [{ field: 'shape' }], said: shape ? { text: shape.name } : { value: def.shape } });
    } else {
      walk.down(value, { at: key, path: [{ field: key }], around: { [key]: value } });
    }
  }
  return out;
}

/** Where in a definition a value stands. */
interface Place {
  /** "gates[0].value" */
  at: string;
  path: Name[];
  /** The parameters that may stand inside; none outside of the rule. */
  params?: Param[];
  /** The parameter that this value is of. */
  own?: Param;
  /** The fields beside this value. */
  around?: Fields;
  /** The reward that this value belongs to. */
  reward?: Reward;
}

/** Goes down to the values. Parameters are called by their names, other fields by their keys. */
class Walk {
  constructor(
    private readonly def: PlanDef,
    private readonly shapes: readonly ShapeInfo[],
    private readonly out: Map<string, Leaf>,
  ) {}

  down(value: unknown, here: Place): void {
    const { at, path, params, own } = here;
    const reading = this.readingOf(here);
    // A row for records without a value says so; everywhere else an empty text says nothing.
    if (value === undefined || value === null || (value === '' && reading !== 'apart')) return;
    if (isText(value)) {
      this.out.set(at, { path, said: { text: value } });
    } else if (Array.isArray(value)) {
      value.forEach((each, index) => {
        this.down(each, { ...here, at: `${at}[${index}]`, path: [...path, { place: index + 1 }] });
      });
    } else if (typeof value === 'object') {
      const around = value as Fields;
      const reward = own?.type === 'reward' || at === 'reward' ? (around as unknown as Reward) : here.reward;
      for (const [key, each] of Object.entries(around)) {
        const param = params?.find((one) => one.key === key);
        this.down(each, {
          at: `${at}.${key}`,
          path: [...path, param ? { text: param.name } : { field: key }],
          params: param ? this.inside(param, key, around) : params && [],
          own: param,
          around,
          reward,
        });
      }
    } else if (usual[at] !== String(value) && own?.default !== String(value)) {
      const choice = own?.choices?.find((one) => one.value === String(value));
      const shape = own?.key === 'shape' ? this.shapes.find((each) => each.key === value) : undefined;
      const named = choice?.name ?? shape?.name;
      this.out.set(at, { path, said: named ? { text: named } : { value: String(value), as: reading } });
    }
  }

  /** What may stand inside a parameter: of the rule within a rule, that rule's own parameters. */
  private inside(param: Param, key: string, around: Fields): Param[] {
    const within = key === 'params' ? this.shapes.find((each) => each.key === around.shape) : undefined;
    return within?.params ?? param.fields ?? [];
  }

  private readingOf({ at, own, around = {}, reward }: Place): Reading | undefined {
    const key = /(\w+)(?:\[\d+\])?$/.exec(at)?.[1] ?? '';
    if (own) return this.readingOfParam(own, around);
    if (reward && key === 'amount') return { amount: reward };
    if (reward && key === 'cost') return { amount: { kind: 'cash' } };
    switch (at.replace(/\[\d+\]/g, '')) {
      case 'metric':
      case 'gates.metric':
        return 'metric';
      case 'earned':
      case 'excludes':
        return 'plan';
      case 'gates.value':
        return { figure: String(around.metric ?? '') };
      case 'ramp.percent':
      case 'split.share':
        return 'percent';
      case 'split.person':
      case 'audience.persons':
        return 'person';
      case 'audience.teams':
      case 'audience.departments':
        return 'unit';
      case 'budget.amount':
        return { amount: { kind: 'cash', currency: this.def.reward.currency } };
      default:
        return undefined;
    }
  }

  private readingOfParam({ key, type }: Param, around: Fields): Reading | undefined {
    const params = (this.def.params ?? {}) as Fields;
    switch (type) {
      case 'percent':
        // A curve may pay amounts in place of percentages.
        return key === 'pays' && !String(around.pays).endsWith('%') ? { amount: this.def.reward } : 'percent';
      case 'amount':
        return { amount: this.def.reward };
      case 'yes_no':
        return 'yes_no';
      case 'metric':
        return 'metric';
      case 'keys':
        return 'person';
      case 'key':
        return around.against === 'team' || around.against === 'department' ? 'unit' : 'person';
      case 'text':
        return key === 'value' ? 'apart' : undefined;
      case 'decimal':
        if (key === 'percent') return 'per_cent';
        if (key === 'jury_weight') return undefined;
        if (key === 'up_to' && params.on === 'attainment') return 'percent';
        if (key === 'at_least' && around.handled) return this.figure(around.handled);
        if (key === 'points') return this.figure(undefined);
        return this.figure(around.metric);
      default:
        return undefined;
    }
  }

  /** A figure of a metric, the plan's own if no other is named; of another plan's rewards it is their cash. */
  private figure(metric: unknown): Reading {
    if (metric) return { figure: String(metric) };
    return this.def.metric
      ? { figure: this.def.metric }
      : { amount: { kind: 'cash', currency: this.def.reward.currency } };
  }
}

function isText(value: unknown): value is Text {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'zh' || key === 'en');
}
