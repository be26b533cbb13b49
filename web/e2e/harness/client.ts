import type { Product, SignIn } from './product';

/** A program beside the browser that speaks the API: it prepares data and acts as "somebody else". */
export class Client {
  private constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  static async signIn(product: Product, who: SignIn): Promise<Client> {
    const answer = await fetch(`${product.url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(who),
    });
    if (!answer.ok) throw new Error(`sign in as ${who.login}: ${answer.status} ${await answer.text()}`);
    return new Client(product.url, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  }

  /** Sends a request and returns the answer's body; anything but success is an error with what the server said. */
  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        Cookie: this.cookie,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  /** Applies definitions, as `laurel apply` does. JSON is YAML too. */
  async define(definitions: object): Promise<void> {
    await this.call('POST', '/definitions', definitions, { 'Content-Type': 'application/yaml' });
  }
}
