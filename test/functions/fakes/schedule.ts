import { AsyncLocalStorage } from 'node:async_hooks';
import { seededRandom } from '../../support/seededRandom.ts';
import { awsIsBroken, world, type Operation } from './world.ts';

/** What may go wrong around an operation of whoever runs. */
export type Mishaps = { readonly canFail: boolean; readonly canVanish: boolean };

export type Schedule = {
  readonly random: () => number;
  /** Waits until the schedule picks the caller among all who wait. */
  readonly turn: () => Promise<void>;
  /** Waits until nobody else waits for a turn. */
  readonly quiet: () => Promise<void>;
  readonly act: <Value>(mishaps: Mishaps, action: () => Promise<Value>) => Promise<Value>;
  /** Lets one after the other go on, in an order that the seed decides, until nobody waits. */
  readonly run: () => Promise<void>;
};

const SAFE: Mishaps = { canFail: false, canVanish: false };
const FAILURE = 0.04;
const VANISHING = 0.02;

export function createSchedule(seed: number): Schedule {
  const random = seededRandom(seed);
  const ready: (() => void)[] = [];
  const patient: (() => void)[] = [];
  const mishaps = new AsyncLocalStorage<Mishaps>();
  const turn = () => new Promise<void>((resolve) => void ready.push(resolve));
  const quiet = () => new Promise<void>((resolve) => void patient.push(resolve));
  world.around = async <Value>(_operation: Operation, perform: () => Value): Promise<Value> => {
    await turn();
    const { canFail, canVanish } = mishaps.getStore() ?? SAFE;
    const chance = random();
    if (canFail && chance < FAILURE) throw awsIsBroken();
    const value = perform();
    // The answer was lost: for good, or until the SDK asked again and heard what the second try came to.
    if (canFail && chance < 2 * FAILURE) throw awsIsBroken();
    if (canFail && chance < 3 * FAILURE) return perform();
    if (canVanish && chance < 3 * FAILURE + VANISHING) return new Promise(() => {});
    return value;
  };
  const run = async () => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next = patient.shift()] = ready.splice(Math.floor(random() * ready.length), 1);
      if (next === undefined) return;
      next();
    }
  };
  return { random, turn, quiet, act: (kind, action) => mishaps.run(kind, action), run };
}
