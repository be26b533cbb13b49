import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { binary, outputFolder } from './places';

declare module 'vitest' {
  interface ProvidedContext {
    /** Database file of a demo company. Copy it before serving it. */
    demoDatabase: string;
  }
}

const demoTimeoutMs = 120_000;

/** Makes one demo company for the whole run; each server gets a copy of it. */
export default function setup(project: TestProject): () => void {
  rmSync(outputFolder, { recursive: true, force: true });
  mkdirSync(outputFolder, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'laurel-demo-'));
  const file = join(folder, 'laurel.db');
  execFileSync(binary, ['demo', '--db', `sqlite:${file}`], {
    timeout: demoTimeoutMs,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  project.provide('demoDatabase', file);
  return () => rmSync(folder, { recursive: true, force: true });
}
