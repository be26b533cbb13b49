import { type ReactNode, useEffect } from 'react';
import { Go } from './Go';

interface Props {
  title: string;
  /** One sentence that says what the page is for. */
  hint?: ReactNode;
  /** Where "back" leads: [text, address]. */
  back?: readonly [string, string];
  /** At most one primary button, others beside it. */
  actions?: ReactNode;
  extra?: ReactNode;
}

export function PageHeader({ title, hint, back, actions, extra }: Props) {
  useEffect(() => {
    document.title = `${title} · Laurel`;
  }, [title]);
  return (
    <header className="page-header">
      <div className="page-header-text">
        {back && (
          <Go href={back[1]} className="page-back">
            ← {back[0]}
          </Go>
        )}
        <h1>
          {title} {extra}
        </h1>
        {hint && <p className="page-hint">{hint}</p>}
      </div>
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
