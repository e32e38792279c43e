const all: Map<unknown, unknown>[] = [];

/** What is kept for whoever uses the page now; emptied when somebody else does. */
export function perPerson<K, V>(): Map<K, V> {
  const kept = new Map<K, V>();
  all.push(kept);
  return kept;
}

export function forgetPerson(): void {
  for (const kept of all) kept.clear();
}
