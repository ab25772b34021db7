import { setTimeout as pause } from 'node:timers/promises';
import { ServiceUnavailable } from '../aws/errors.ts';

const ROUNDS = 8; // each lost round means that another writer made progress; ten writers on one order are rare
const FIRST_PAUSE_MS = 5;

/** Runs until it answers something: `null` means that the race was lost and has to be looked at again. */
export async function retryLost<Value>(attempt: () => Promise<Value | null>): Promise<Value> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const value = await attempt();
    if (value !== null) return value;
    if (round > 0) await pause(FIRST_PAUSE_MS * 2 ** (round - 1) * Math.random());
  }
  throw new ServiceUnavailable('Too many writers want the same object.');
}
