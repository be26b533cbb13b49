import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';
import type { AwardDetail } from '@/api/types';

export const awardQuery = (id: number) =>
  queryOptions({
    queryKey: keys.award(id),
    queryFn: () => read<AwardDetail>(api.GET('/awards/{id}', { params: { path: { id } } })),
  });
