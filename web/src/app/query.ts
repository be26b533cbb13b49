import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { keys } from '@/api/keys';
import { isProblem } from '@/api/problem';

/** Data is fresh for this long unless an event says otherwise. */
const staleMs = 30_000;
/** A request is tried again this often when the server could not be reached or was busy. */
const retries = 2;

function onLost(error: unknown) {
  // The session ended while the page was open: ask who we are again, which leads to sign-in.
  if (isProblem(error, 401)) void queryClient.invalidateQueries({ queryKey: keys.me });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== keys.me[0]) onLost(error);
    },
  }),
  mutationCache: new MutationCache({ onError: onLost }),
  defaultOptions: {
    queries: {
      staleTime: staleMs,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < retries && isProblem(error) && (error.status === 0 || error.status >= 502),
    },
  },
});
