import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';

/** What the company has set for itself; the forms of the settings share it. */
export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  queryFn: () => read(api.GET('/organisation')),
});
