import type { ReactNode } from 'react';

/** One matter of the account's page. */
export function Panel({ title, lead, tools, children }: { title: string; lead?: ReactNode; tools?: ReactNode; children?: ReactNode }) {
  return (
    <section className="panel" aria-label={title}>
      <header><h2>{title}</h2>{tools}</header>
      {lead && <p className="panel-lead">{lead}</p>}
      {children}
    </section>
  );
}

/** Why something did not work; and a way to try again where there is one. */
export function Failed({ children, onAgain }: { children: string; onAgain?(): void }) {
  return (
    <div role="alert">
      {children && <p className="remark" data-bad="true"><span>{children}</span>{onAgain && <button type="button" className="small" onClick={onAgain}>Try again</button>}</p>}
    </div>
  );
}
