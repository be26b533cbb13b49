import type { ReactNode } from 'react';
import { LaurelMark } from './LaurelMark';

interface Props {
  /** One sentence: what will be here, and what to do for it. */
  children: ReactNode;
  /** An example or a picture, so that the reader knows what it will look like. */
  example?: ReactNode;
  /** One button. */
  action?: ReactNode;
}

/** Nothing here yet: teaches the next step. */
export function EmptyState({ children, example, action }: Props) {
  return (
    <div className="empty-state">
      <LaurelMark size={40} muted />
      <p>{children}</p>
      {example && <div className="empty-example">{example}</div>}
      {action}
    </div>
  );
}
