import type { Status } from '@/api/types';

/** A sign-in that a demo company offers on its own page. */
export interface DemoSignIn {
  login: string;
  password: string;
  role: string;
  name: string;
}

/** The sign-ins that the server offers; none in a real company. */
export function demoSignIns(status: Status | undefined): DemoSignIn[] {
  const offered = (status as { demo?: unknown } | undefined)?.demo;
  return Array.isArray(offered) ? (offered as DemoSignIn[]) : [];
}
