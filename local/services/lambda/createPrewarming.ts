export type Prewarming = {
  /** A function was deployed: the next run starts an instance of it. */
  readonly add: (functionName: string) => void;
  /** Starts what was added, one after the other, and goes on where a pause has interrupted. */
  readonly run: () => Promise<void>;
  /** Lets what starts now be the last, until the next run. */
  readonly pause: () => void;
  /** Runs a moment later. */
  readonly start: () => void;
  readonly stop: () => void;
};

/** The first request should find its function warm, and should not compete with the warming of others. */
const DELAY_MILLISECONDS = 50;

/** Starts instances before the first invocation; `warm` resolves when one is ready. */
export function createPrewarming(warm: (functionName: string) => Promise<void>): Prewarming {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let latestRun = 0;
  const run = async (): Promise<void> => {
    latestRun += 1;
    const thisRun = latestRun;
    for (const name of waiting) {
      if (thisRun !== latestRun) return;
      waiting.delete(name);
      await warm(name);
    }
  };
  const pause = () => {
    if (timer !== null) clearTimeout(timer);
    latestRun += 1;
  };
  return {
    add: (name) => void waiting.add(name),
    run,
    pause,
    start: () => {
      timer = setTimeout(() => void run(), DELAY_MILLISECONDS).unref();
    },
    stop: pause,
  };
}
