import { readdirSync, readFileSync } from 'node:fs';

/** What a process and its children have used. Linux only: elsewhere it is null. */
export type ProcessUse = {
  /** Processor time of all threads, also of children that have ended, in milliseconds. */
  readonly processorMilliseconds: number;
  /** Their proportional share of the machine's memory. */
  readonly megabytes: number;
};

const MILLISECONDS_PER_TICK = 10; // USER_HZ is 100 on every Linux that Node runs on
const KILOBYTES_PER_MEGABYTE = 1024;

export function useOf(pid: number): ProcessUse | null {
  try {
    const uses = [useOfOne(pid), ...childrenOf(pid).map(useOfOne)];
    return {
      processorMilliseconds: uses.reduce((sum, { ticks }) => sum + ticks, 0) * MILLISECONDS_PER_TICK,
      megabytes: uses.reduce((sum, { kilobytes }) => sum + kilobytes, 0) / KILOBYTES_PER_MEGABYTE,
    };
  } catch {
    return null;
  }
}

function useOfOne(pid: number): { readonly ticks: number; readonly kilobytes: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const times = fields.slice(11, 15).map(Number); // utime, stime, and those of children that have ended: proc(5)
  const kilobytes = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return { ticks: times.reduce((sum, ticks) => sum + ticks, 0), kilobytes: Number(kilobytes) };
}

/** The process that runs resolvers is one. */
function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
