import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import { keys } from '@/api/keys';

export const awardQuery = (id: number) =>
  queryOptions({
    queryKey: keys.award(id),
    queryFn: () => read(api.GET('/awards/{id}', { params: { path: { id } } })),
  });
