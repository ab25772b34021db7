import type { Worker } from 'node:worker_threads';

export type MemoryWatch = {
  /** From now on, until `rest`. */
  readonly watch: () => void;
  readonly rest: () => void;
};

const INTERVAL_MILLISECONDS = 200;
const MEGABYTE = 1_048_576;

/** V8 limits the heap of a thread, but not its buffers: a function that fills them would take the whole machine with it. */
export function watchMemory(worker: Worker, megabytes: number, onExceeded: () => void): MemoryWatch {
  let timer: NodeJS.Timeout | null = null;
  const look = async () => {
    const looked = timer;
    const { used_heap_size: heap, external_memory: external } = await worker.getHeapStatistics();
    if (timer === null || timer !== looked) return;
    if (heap + external > megabytes * MEGABYTE) onExceeded();
    else timer = setTimeout(onTime, INTERVAL_MILLISECONDS);
  };
  const onTime = () => {
    look().catch(() => {}); // the thread ended meanwhile, and says so itself
  };
  return {
    watch: () => {
      timer ??= setTimeout(onTime, INTERVAL_MILLISECONDS);
    },
    rest: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
