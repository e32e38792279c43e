import { useState } from 'react';
import { identityFailure } from '../../identity/words';

/** Something that a form does once at a time: whether it runs, and why it failed last. */
export function useTask(): { busy: boolean; failure: string; run(work: () => Promise<unknown>): Promise<boolean> } {
  const [state, setState] = useState({ busy: false, failure: '' });
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setState({ busy: true, failure: '' });
    try {
      await work();
      setState({ busy: false, failure: '' });
      return true;
    } catch (error) {
      setState({ busy: false, failure: identityFailure(error) });
      return false;
    }
  };
  return { ...state, run };
}
