import type { PlanDef, ShapeInfo, Text } from '@/api/types';

/** One thing that two versions say differently. Names are in order from the whole to the part. */
export interface PlanDifference {
  path: Name[];
  before: Said;
  after: Said;
}

/** A field of a definition, a parameter of its rule, or a place in a list. */
export type Name = { field: string } | { text: Text } | { place: number };

/** A value as it is written; undefined where a version says nothing. */
export type Said = { text: Text } | { value: string } | undefined;

type Param = ShapeInfo['params'][number];

/** The order in which a reader looks at a plan. What is not here comes last; the dates stand beside the versions. */
const order = ['name', 'description', 'subject', 'metric', 'earned', 'rollup', 'shape', 'params', 'reward', 'gates'];
const left = new Set(['key', 'effective_from', 'effective_until']);

/** Everything that two definitions say differently, part by part. */
export function differences(before: PlanDef, after: PlanDef, shapes: readonly ShapeInfo[]): PlanDifference[] {
  const was = leavesOf(before, shapes);
  const is = leavesOf(after, shapes);
  const found: PlanDifference[] = [];
  for (const [path, leaf] of is) {
    const old = was.get(path);
    if (JSON.stringify(old?.said) !== JSON.stringify(leaf.said)) {
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
  for (const [key, value] of Object.entries(def)) {
    if (left.has(key)) continue;
    if (key === 'params') {
      walk(value, shape?.params ?? [], `${def.shape}`, [], out);
    } else if (key === 'shape') {
      out.set('shape', { path: [{ field: 'shape' }], said: shape ? { text: shape.name } : { value: def.shape } });
    } else {
      walk(value, undefined, key, [{ field: key }], out);
    }
  }
  return out;
}

/** Goes down to the values. Parameters are called by their names, other fields by their keys. */
function walk(
  value: unknown,
  params: Param[] | undefined,
  at: string,
  path: Name[],
  out: Map<string, Leaf>,
  own?: Param,
) {
  if (value === undefined || value === null || value === '') return;
  if (isText(value)) {
    out.set(at, { path, said: { text: value } });
  } else if (Array.isArray(value)) {
    value.forEach((each, index) => {
      walk(each, params, `${at}[${index}]`, [...path, { place: index + 1 }], out);
    });
  } else if (typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) {
      const param = params?.find((one) => one.key === key);
      walk(
        each,
        param ? (param.fields ?? []) : params && [],
        `${at}.${key}`,
        [...path, param ? { text: param.name } : { field: key }],
        out,
        param,
      );
    }
  } else if (usual[at] !== String(value) && own?.default !== String(value)) {
    const choice = own?.choices?.find((one) => one.value === String(value));
    out.set(at, { path, said: choice ? { text: choice.name } : { value: String(value) } });
  }
}

function isText(value: unknown): value is Text {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'zh' || key === 'en');
}
