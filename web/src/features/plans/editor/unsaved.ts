import type { PlanDef } from '@/api/types';

/** Changes to a plan that were not saved, as this browser keeps them over a reload. */
export interface Unsaved {
  def: PlanDef;
  /** Nobody has changed the plan since they were made. */
  fits: boolean;
}

/** Older changes than this are not offered any more. */
const maxAgeMs = 30 * 24 * 3600 * 1000;

/** Where the changes of one account to one plan are kept; a new plan has no key yet. */
export const placeOf = (account: number, plan: string | undefined) => `laurel.plan.${account}.${plan ?? ''}`;

/** What was left unsaved, if it says anything else than what is on record. */
export function recall(place: string, onRecord: PlanDef, now = Date.now()): Unsaved | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Kept | null;
    if (!kept || typeof kept.def?.shape !== 'string' || now - kept.at > maxAgeMs) return undefined;
    if (textOf(kept.def) === textOf(onRecord)) return undefined;
    return { def: kept.def, fits: kept.base === textOf(onRecord) };
  } catch {
    return undefined;
  }
}

/** Keeps what is not saved; what says the same as the plan on record is forgotten. */
export function keep(place: string, def: PlanDef, onRecord: PlanDef, now = Date.now()): void {
  try {
    if (textOf(def) === textOf(onRecord)) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify({ def, base: textOf(onRecord), at: now } satisfies Kept));
  } catch {
    // Without storage the changes last until the page is closed.
  }
}

interface Kept {
  def: PlanDef;
  /** The plan as it was when the changes began. */
  base: string;
  at: number;
}

/** Fields in a fixed order, and none that says nothing: "" and absent are the same. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each === '' ? undefined : each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
