/** A state that is replaced as a whole, and those who want to know. For React's useSyncExternalStore. */
export class Store<S> {
  private readonly listeners = new Set<() => void>();

  constructor(protected state: S) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): S => this.state;

  protected change(part: Partial<S>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
