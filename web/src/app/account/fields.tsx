import { useId, useState, type FormEvent, type InputHTMLAttributes, type ReactNode } from 'react';
import { Icon } from '../icons';

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'>;

/** A line to be written, with its name above and what helps below. */
export function TextField({ label, value, onValue, hint, ...input }: { label: string; value: string; onValue(v: string): void; hint?: string } & InputProps) {
  const id = useId();
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <input id={id} value={value} onChange={(e) => onValue(e.target.value)} aria-describedby={hint && `${id}-hint`} {...input} />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </label>
  );
}

/** A password, which may be looked at while it is written. */
export function PasswordField({ label, value, onValue, hint, ...input }: { label: string; value: string; onValue(v: string): void; hint?: string } & InputProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="password">
        <input id={id} type={shown ? 'text' : 'password'} value={value} onChange={(e) => onValue(e.target.value)} required maxLength={256} spellCheck={false} autoCapitalize="off" aria-describedby={hint && `${id}-hint`} {...input} />
        <button type="button" aria-pressed={shown} aria-label={`Show “${label}”`} onClick={() => setShown(!shown)}>{shown ? 'Hide' : 'Show'}</button>
      </span>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** The one thing a form does. */
export function Submit({ busy, children, disabled }: { busy: boolean; children: ReactNode; disabled?: boolean }) {
  return <button type="submit" className="wide" disabled={busy || disabled} aria-busy={busy}>{children}</button>;
}

export function Trouble({ children }: { children: ReactNode }) {
  return <div role="alert">{children && <p className="remark" data-bad="true"><span>{children}</span></p>}</div>;
}

/** A text that is taken along: shown, selected whole, and copied. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Without a secure context: what is selected can be copied the old way.
      document.querySelector<HTMLInputElement>(`#${CSS.escape(id)}`)?.select();
      document.execCommand('copy');
    }
    setCopied(true);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="copy">
        <input id={id} readOnly value={value} spellCheck={false} onFocus={(e) => e.target.select()} />
        <button type="button" className="small strong" onClick={() => void copy()}><Icon name={copied ? 'check' : 'copy'} /> {copied ? 'Copied' : 'Copy'}</button>
      </span>
      <span className="unseen" role="status">{copied && 'Copied'}</span>
    </div>
  );
}

/** Does `work` in the place of loading another page. */
export function submitting(work: () => void): (e: FormEvent) => void {
  return (e) => {
    e.preventDefault();
    work();
  };
}
