import type { PlanDetail, PlanVersion } from '@/api/types';

/** What may be done about the version of a plan that is not published. */
export interface Waiting {
  version: PlanVersion;
  inReview: boolean;
  /** Why whoever looks at it may not publish it as it stands; none when nothing is in the way. */
  barred: PlanDetail['publish_barred'];
}

/** The draft of a plan, in review or not; none for those who do not design plans, and where all is published. */
export function waitingOf(plan: PlanDetail): Waiting | undefined {
  const version = plan.versions.find(unpublished);
  if (!version) return undefined;
  return { version, inReview: version.status === 'in_review', barred: plan.publish_barred };
}

const unpublished = (version: PlanVersion) => version.status === 'draft' || version.status === 'in_review';

/** From when on the newest published version judges; nothing was judged yet without one. */
export const judgedFrom = (plan: PlanDetail | undefined): string | undefined =>
  plan?.versions.find((version) => !unpublished(version))?.effective_from;

/**
 * What the editor offers beside saving. `kept` is whether the draft on record is what stands in the editor: what was typed
 * since is a draft again, and nobody but its author has seen it.
 */
export function offersOf(plan: PlanDetail | undefined, kept: boolean, fourEyes: boolean) {
  const waiting = plan && waitingOf(plan);
  const lies = kept && waiting?.inReview === true;
  return { submit: !lies, publish: !fourEyes || (lies && !waiting?.barred) };
}
