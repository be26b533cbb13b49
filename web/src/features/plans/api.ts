import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import type { PlanDef } from '@/api/types';

export const planQuery = (key: string) =>
  queryOptions({
    queryKey: keys.plan(key),
    queryFn: () => read(api.GET('/plans/{key}', { params: { path: { key } } })),
  });

export const standingQuery = (key: string, period?: string) =>
  queryOptions({
    queryKey: [...keys.standing, key, period ?? ''],
    queryFn: () => read(api.GET('/plans/{key}/standing', { params: { path: { key }, query: { period } } })),
    placeholderData: keepPreviousData,
  });

/** What a plan would have paid. Kept for a while, so that moving a number back and forth asks once. */
export const previewQuery = (definition: PlanDef, from: string, to: string) =>
  queryOptions({
    queryKey: ['preview', definition, from, to],
    queryFn: ({ signal }) => read(api.POST('/plans/preview', { body: { definition, from, to }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const createPlan = (definition: PlanDef) => read(api.POST('/plans', { body: definition }));

export const saveDraft = (key: string, definition: PlanDef) =>
  read(api.PUT('/plans/{key}/draft', { params: { path: { key } }, body: definition }));

export const deleteDraft = (key: string) => api.DELETE('/plans/{key}/draft', { params: { path: { key } } });

/** What publishing a definition from a past day on would change. */
export const changesQuery = (key: string, definition: PlanDef, effectiveFrom: string) =>
  queryOptions({
    queryKey: [...keys.plans, key, 'changes', definition, effectiveFrom],
    queryFn: () =>
      read(
        api.POST('/plans/{key}/changes', {
          params: { path: { key } },
          body: { definition, effective_from: effectiveFrom },
        }),
      ),
    retry: false,
    gcTime: 0,
  });

export const planHistoryQuery = (key: string) =>
  queryOptions({
    queryKey: [...keys.plan(key), 'history'],
    queryFn: async () => (await read(api.GET('/plans/{key}/history', { params: { path: { key } } }))).items ?? [],
  });

export const submitPlan = (key: string, note: string) =>
  read(api.POST('/plans/{key}/submit', { params: { path: { key } }, body: note ? { note } : {} }));

export const sendBackPlan = (key: string, reason: string) =>
  read(api.POST('/plans/{key}/send-back', { params: { path: { key } }, body: { reason } }));

/** Puts the draft in force; with a token also for periods already judged. Of a version in review, the submission seen. */
export const publishPlan = (
  key: string,
  effectiveFrom: string | undefined,
  begins: PlanDef['begins'],
  confirmed?: string,
  reviewAt?: string,
) =>
  read(
    api.POST('/plans/{key}/publish', {
      params: { path: { key } },
      body: {
        effective_from: effectiveFrom,
        begins,
        ...(confirmed ? { retroactive: true, confirmed } : {}),
        ...(reviewAt ? { review_at: reviewAt } : {}),
      },
    }),
  );

/** From a past day on only with the token of the list of awards that go, which the refusal carries. */
export const endPlan = (key: string, end: { until: string; retroactive: boolean; confirmed?: string }) =>
  read(api.POST('/plans/{key}/end', { params: { path: { key } }, body: end }));

export const resumePlan = (key: string, confirmed?: string) =>
  read(api.DELETE('/plans/{key}/end', { params: { path: { key }, query: { confirmed } } }));
