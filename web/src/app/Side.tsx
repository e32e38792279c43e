import type { ReactNode } from 'react';
import { Icon } from './icons';

/** What stands beside the conversation: a title, what can be done, and a scrolled part. */
export function Side({ title, close, onClose, tools, children }: { title: string; close: string; onClose(): void; tools?: ReactNode; children: ReactNode }) {
  return (
    <aside className="side" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {tools}
        <button type="button" className="round ghost" aria-label={close} onClick={onClose}><Icon name="close" /></button>
      </header>
      {children}
    </aside>
  );
}

/** Asks once more before something is gone for good. */
export function Confirm({ question, yes, no = 'Keep', onYes, onNo }: { question: string; yes: string; no?: string; onYes(): void; onNo(): void }) {
  return (
    <div className="confirm" role="group" aria-label={question}>
      <p>{question}</p>
      <button type="button" className="small danger" autoFocus onClick={onYes}>{yes}</button>
      <button type="button" className="small" onClick={onNo}>{no}</button>
    </div>
  );
}
