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

export const closePeriod = (kind: Kind, label: string) => read(api.POST('/closings', { body: { kind, label } }));

export const reopenPeriod = (label: string, reason: string) =>
  read(api.POST('/closings/{label}/reopen', { params: { path: { label } }, body: { reason } }));

export const markPaid = (label: string) => read(api.POST('/closings/{label}/paid', { params: { path: { label } } }));
