import type { DecisionKind } from '../../../schema.generated.ts';
import type { Registers } from './process.ts';
import type { Rules } from './rules.ts';
import type { Storage } from './storage.ts';

/** What the functions of the model work with. */
export type Tools = {
  readonly storage: Storage;
  readonly rules: Rules;
  /** Whether functions/work holds work: then PROCESSING and CONFIRMED are written before it begins. */
  readonly hasOwnWork: boolean;
  readonly startExecution: () => void;
  /** SendTaskSuccess or SendTaskFailure; false: the token is spent. */
  readonly sendTask: (attempt: number, kind: DecisionKind | null) => boolean;
  readonly isStarted: () => boolean;
  /** Every token stays spent. */
  readonly isPastWait: () => boolean;
};

/** What is not needed any more is forgotten, so that states that differ in nothing else become one. */
export function forgetRecord(me: Registers): void {
  me.version = 0;
  me.status = 0;
  me.pausedBy = 0;
}
