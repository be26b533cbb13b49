import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { binary } from './places';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

/** A running Laurel with a database of its own. */
export interface Product {
  /** "http://127.0.0.1:41234" */
  url: string;
  /** The only sign-in of an empty Laurel, as it was printed at the first start. */
  admin: SignIn;
  stop: () => Promise<void>;
}

export interface SignIn {
  login: string;
  password: string;
}

/** Sign-ins of the demo company. */
export const demo = {
  admin: { login: 'admin', password: 'laurel-demo' },
  designer: { login: 'designer', password: 'laurel-demo' },
  finance: { login: 'finance', password: 'laurel-demo' },
  manager: { login: 'manager', password: 'laurel-demo' },
  employee: { login: 'sales', password: 'laurel-demo' },
} as const satisfies Record<string, SignIn>;

/** Starts the real binary on a free port: empty, or with a copy of the demo company. */
export async function start(what: 'empty' | 'demo'): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-e2e-'));
  const file = join(folder, 'laurel.db');
  if (what === 'demo') copyFileSync(inject('demoDatabase'), file);
  const server = spawn(binary, ['serve', '--addr', '127.0.0.1:0', '--db', `sqlite:${file}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' },
  });
  const stop = async () => {
    await end(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const greeting = await greetingOf(server, what === 'empty');
    return { ...greeting, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the address, and at a first start the password, from what the server prints. */
function greetingOf(server: ChildProcess, first: boolean): Promise<Omit<Product, 'stop'>> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`laurel did not start in time:\n${said}`)), startTimeoutMs);
    const hear = (part: Buffer) => {
      said += part.toString();
      const url = said.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
      const password = said.match(/password\s+(\S+)\n/)?.[1];
      if (!url || (first && !password)) return;
      clearTimeout(timer);
      resolve({ url, admin: { login: 'admin', password: password ?? '' } });
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`laurel ended with ${code}:\n${said}`));
    });
  });
}

function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.kill('SIGKILL'), stopTimeoutMs);
    server.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    server.kill('SIGTERM');
  });
}
