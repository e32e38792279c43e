import type { Borders, Told } from './passport';

/** The browser: its storage, its locks and its other tabs. Where it keeps nothing, this tab does. */
export function browserBorders(): Borders {
  const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('parley.signed-in');
  return {
    storage: storage(),
    locked: navigator.locks ? (work) => navigator.locks.request('parley.signed-in', work) : queued(),
    post: (message) => tabs?.postMessage(message),
    listen: (hear) => tabs?.addEventListener('message', (m: MessageEvent<Told>) => hear(m.data)),
    wait: (run, ms) => setTimeout(run, ms),
    stop: (timer) => clearTimeout(timer as number),
    now: () => Date.now(),
  };
}

function storage(): Borders['storage'] {
  try {
    localStorage.getItem('');
    return localStorage;
  } catch {
    const kept = new Map<string, string>();
    return { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => void kept.set(k, v), removeItem: (k) => void kept.delete(k) };
  }
}

/** Pages without a secure context have no locks; then only this tab's calls wait for one another. */
function queued(): Borders['locked'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
