import { Code, ConnectError } from '@connectrpc/connect';
import { Store } from './store';

/** A state that comes from a server, with the reason why the last call failed; empty when it did not. */
export abstract class Asking<S extends { readonly failure: string }> extends Store<S> {
  /** @param subject what does not answer when the server does not: `The documents` */
  constructor(state: S, private readonly subject: string) {
    super(state);
  }

  /** Whether it worked; why not is kept for the page. */
  protected async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.change({ failure: '' } as Partial<S>);
      return true;
    } catch (error) {
      this.change({ failure: this.wordsOf(error) } as Partial<S>);
      return false;
    }
  }

  protected wordsOf(error: unknown): string {
    return failureWords(error, this.subject);
  }
}

/** What went wrong with a call about `subject`, for a person. */
export function failureWords(error: unknown, subject: string): string {
  const { code, rawMessage } = ConnectError.from(error);
  if (code === Code.Aborted) return 'Somebody else changed it in the meantime. Look again, and repeat your change.';
  if (code === Code.Unavailable || code === Code.DeadlineExceeded) return `${subject} do not answer now. Try again in a moment.`;
  return rawMessage || 'It did not work. Try again.';
}
