import type { Ask } from '../ask.ts';
import type { Environment } from '../environment.ts';
import type { Realtime } from '../realtime/createRealtime.ts';

/** What a watcher works with. */
export type Watching = {
  readonly environment: Environment;
  readonly ask: Ask;
  readonly realtime: Realtime;
};

export type WatchOptions = {
  /** Ends the iteration quietly. */
  readonly signal?: AbortSignal;
};
