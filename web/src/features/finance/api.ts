import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';

export type Kind = 'week' | 'month' | 'quarter' | 'half' | 'year';

export const closingsQuery = (kind: Kind) =>
  queryOptions({
    queryKey: [...keys.closings, kind],
    queryFn: () => read(api.GET('/closings', { params: { query: { kind } } })),
    placeholderData: keepPreviousData,
  });

export const closingPreviewQuery = (kind: Kind, label: string) =>
  queryOptions({
    queryKey: [...keys.closings, 'preview', kind, label],
    queryFn: () => read(api.GET('/closings/preview', { params: { query: { kind, label } } })),
  });

export const statementsQuery = (period?: string) =>
  queryOptions({
    queryKey: [...keys.statements, 'list', period ?? ''],
    queryFn: () => read(api.GET('/statements', { params: { query: { period } } })),
    placeholderData: keepPreviousData,
  });

type SubjectKind = 'person' | 'team' | 'department';

/** One statement; the reader's own without a subject. */
export const statementQuery = (period: string, kind?: SubjectKind, subject?: number) =>
  queryOptions({
    queryKey: [...keys.statements, 'one', period, kind ?? '', subject ?? 0],
    queryFn: () => read(api.GET('/statements/{period}', { params: { path: { period }, query: { kind, subject } } })),
  });

export const answerStatement = (period: string, answer: 'confirmed' | 'disputed', text: string) =>
  read(api.POST('/statements/{period}/answer', { params: { path: { period } }, body: { answer, text } }));

export const replyToStatement = (period: string, subject: number, answer: 'replied' | 'settled', text: string) =>
  read(
    api.POST('/statements/{period}/reply', {
      params: { path: { period }, query: { subject } },
      body: { answer, text },
    }),
  );

// Both begin with the key of awards, so that they follow whatever is earned while the page is open.
export const accrualQuery = queryOptions({
  queryKey: [...keys.awards, 'accrual'],
  queryFn: () => read(api.GET('/accrual')),
});

export const forecastQuery = (kind: 'month' | 'quarter' | 'year') =>
  queryOptions({
    queryKey: [...keys.awards, 'forecast', kind],
    queryFn: () => read(api.GET('/forecast', { params: { query: { kind } } })),
    placeholderData: keepPreviousData,
  });

export const closePeriod = (kind: Kind, label: string) => read(api.POST('/closings', { body: { kind, label } }));

export const reopenPeriod = (label: string, reason: string) =>
  read(api.POST('/closings/{label}/reopen', { params: { path: { label } }, body: { reason } }));

export const markPaid = (label: string) => read(api.POST('/closings/{label}/paid', { params: { path: { label } } }));
