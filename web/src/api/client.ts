import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '@/lib/i18n';
import { Problem, unreachable } from './problem';
import type { paths } from './schema';

/** The contract's addresses without their common prefix. */
type Paths = { [P in keyof paths as P extends `/api${infer Rest}` ? Rest : never]: paths[P] };

/**
 * The one door to the server. Use with `read`:
 *   const award = await read(api.GET('/awards/{id}', { params: { path: { id } } }));
 * A failed request throws a Problem.
 */
export const api = createClient<Paths>({ baseUrl: `${location.origin}/api`, credentials: 'same-origin' });

const language: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', currentLanguage() === 'en' ? 'en' : 'zh-CN');
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return response;
    let body: ConstructorParameters<typeof Problem>[1] = {};
    try {
      body = await response.clone().json();
    } catch {
      // A proxy answered with something else: the status is all there is.
    }
    throw new Problem(response.status, body);
  },
  onError({ error }) {
    if (error instanceof Problem) return error;
    return new Problem(unreachable, { code: 'unreachable', detail: error instanceof Error ? error.message : '' });
  },
};
api.use(language);

/** The body of a successful answer. */
export async function read<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}
