/** What a connection needs of the world; tests give their own. */
export interface Surroundings {
  open(url: string, protocols: readonly string[]): WebSocket;
  /** Subprotocols that say who comes, made for each connection; absent where nobody has to say so. */
  tickets?(): Promise<readonly string[]>;
  wait(run: () => void, ms: number): unknown;
  stop(timer: unknown): void;
  now(): number;
}

export const browser: Surroundings = {
  open: (url, protocols) => new WebSocket(url, [...protocols]),
  wait: (run, ms) => setTimeout(run, ms),
  stop: (timer) => clearTimeout(timer as number),
  now: () => performance.now(),
};
