/** What an account may do; one account may hold several. */
export type Role = 'admin' | 'designer' | 'manager' | 'employee' | 'finance';

/** True when the page is open to everybody, or one of the held roles opens it. Admin opens everything. */
export function mayOpen(held: readonly string[], wanted?: readonly Role[]): boolean {
  if (!wanted || held.includes('admin')) return true;
  return wanted.some((role) => held.includes(role));
}
