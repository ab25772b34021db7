import { readFileSync } from 'node:fs';

/** What a process has used. Linux only: elsewhere it is null. */
export type ProcessUse = {
  /** Processor time of all its threads, in milliseconds. */
  readonly processorMilliseconds: number;
  /** Its proportional share of the machine's memory. */
  readonly megabytes: number;
};

const MILLISECONDS_PER_TICK = 10; // USER_HZ is 100 on every Linux that Node runs on
const KILOBYTES_PER_MEGABYTE = 1024;

export function useOf(pid: number): ProcessUse | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const [user = 0, system = 0] = fields.slice(11, 13).map(Number); // utime and stime, proc(5)
    const kilobytes = Number(
      /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1],
    );
    return {
      processorMilliseconds: (user + system) * MILLISECONDS_PER_TICK,
      megabytes: kilobytes / KILOBYTES_PER_MEGABYTE,
    };
  } catch {
    return null;
  }
}
