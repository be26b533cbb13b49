import createClient, { type Middleware } from 'openapi-fetch';
import { currentLanguage } from '@/lib/i18n';
import { Problem, unreachable } from './problem';

/* Stand-in for the generated paths: any address, any body. */
type Anything = ReturnType<typeof JSON.parse>;
interface Operation {
  parameters: { query?: Anything; path?: Anything; header?: Anything };
  requestBody?: { content: { 'application/json': Anything } };
  responses: { 200: { content: { 'application/json': Anything } } };
}
type Paths = Record<string, Record<'get' | 'put' | 'post' | 'patch' | 'delete', Operation>>;

/**
 * The one door to the server. Use with `read`:
 *   const award = await read<Award>(api.GET('/awards/{id}', { params: { path: { id } } }));
 * A failed request throws a Problem.
 */
export const api = createClient<Paths>({ baseUrl: '/api', credentials: 'same-origin' });

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
