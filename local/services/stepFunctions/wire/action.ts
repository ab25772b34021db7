import type { Clock } from '../../../ground/clock/clock.ts';
import type { Store } from '../../../ground/store/store.ts';
import type { Engine } from '../engine/createEngine.ts';
import type { MachineStore } from '../engine/records/machineStore.ts';
import type { TagStore } from '../engine/records/tagStore.ts';
import type { TaskTokens } from '../engine/records/taskTokens.ts';
import type { Jsonata } from '../jsonata/loadJsonata.ts';
import type { Members } from './requestMembers.ts';
import type { PageTokens } from './pageTokens.ts';

/** What the actions work on. */
export type Context = {
  readonly store: Store;
  readonly clock: Clock;
  readonly machines: MachineStore;
  readonly engine: Engine;
  readonly tags: TagStore;
  readonly tokens: TaskTokens;
  readonly pages: PageTokens;
  readonly jsonata: Jsonata;
};

/** An operation of the API. It runs in one transaction; what it answers is sent once that is on disk. */
export type Action = (members: Members, context: Context) => Readonly<Record<string, unknown>>;

const MILLISECONDS = 1000;

/** AWS's timestamps: seconds with a fraction. */
export function seconds(milliseconds: number): number {
  return milliseconds / MILLISECONDS;
}
