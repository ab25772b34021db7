import { backoff, type Environment } from '../environment.ts';
import { isClientError, isHopeless } from '../errors.ts';

/** A hint that was lost with nothing after it is found at the latest by then. */
const POLL_MILLISECONDS = 30_000;

export type ResyncOptions = {
  readonly environment: Environment;
  /** Asks the API; answers whether everything that is known to be missing has been found. */
  readonly look: () => Promise<boolean>;
  /** Trying again would fail again. */
  readonly failed: (error: unknown) => void;
  /** Called when asking begins that the user should know of; the answered function when it has succeeded. */
  readonly catchingUp: () => () => void;
};

export type Resync = {
  /** Asks now; a question under way does not count, for it may have been answered before. */
  readonly now: () => void;
  readonly stop: () => void;
};

/** Asks on demand, again with growing waits until it succeeds, and then every 30 s. */
export function createResync({ environment, look, failed, catchingUp }: ResyncOptions): Resync {
  const { timers, random } = environment;
  let isLooking = false;
  let isWanted = false;
  let isStopped = false;
  let attempts = 0;
  let timer: unknown;
  let caughtUp: (() => void) | null = null;

  const lookOnce = async (): Promise<boolean> => {
    try {
      return await look();
    } catch (error) {
      // An error that is not the API's is a bug, and the program that iterates should see it.
      if (!isClientError(error) || isHopeless(error)) failed(error);
      return false;
    }
  };
  const run = async () => {
    if (isLooking) return;
    timers.clearTimeout(timer);
    isLooking = true;
    isWanted = false;
    const isDone = await lookOnce();
    isLooking = false;
    if (isStopped) return;
    if (isWanted) return run();
    if (isDone) {
      caughtUp?.();
      caughtUp = null;
    }
    const wait = isDone ? POLL_MILLISECONDS : backoff(attempts, random);
    attempts = isDone ? 0 : attempts + 1;
    timer = timers.setTimeout(() => void run(), wait);
  };
  return {
    now: () => {
      if (isStopped) return;
      caughtUp ??= catchingUp();
      isWanted = true;
      void run();
    },
    stop: () => {
      isStopped = true;
      timers.clearTimeout(timer);
      caughtUp?.();
    },
  };
}
