import { randomBytes } from 'node:crypto';
import type { Clock } from '../../ground/clock/clock.ts';
import type { Events } from '../events/events.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';
import type { Store } from '../../ground/store/store.ts';
import { parseDefinition } from './definition/parseDefinition.ts';
import { createEngine } from './engine/createEngine.ts';
import { createMachineStore } from './engine/records/machineStore.ts';
import { createTagStore } from './engine/records/tagStore.ts';
import { createTaskTokens } from './engine/records/taskTokens.ts';
import { loadJsonata } from './jsonata/loadJsonata.ts';
import type { Context } from './wire/action.ts';
import { handleRequest } from './wire/handleRequest.ts';
import { createPageTokens } from './wire/pageTokens.ts';
import type { StateMachineDefinition, StepFunctions } from './stepFunctions.ts';
import { stepFunctionsTables } from './tables.ts';

export type StepFunctionsDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly lambda: Lambda;
  readonly events: Events;
};

export function createStepFunctions(dependencies: StepFunctionsDependencies): StepFunctions {
  const { store, clock } = dependencies;
  store.database.exec(stepFunctionsTables);
  const jsonata = loadJsonata(clock.now);
  const machines = createMachineStore({ store, now: clock.now, jsonata });
  const tokens = createTaskTokens(keptSecret(store, 'tasks'));
  const pages = createPageTokens(keptSecret(store, 'pages'), clock.now);
  const { revisionOf, isRemoved } = machines;
  const engine = createEngine({ ...dependencies, tokens, revisionOf, isRemoved });
  const tags = createTagStore(store);
  const context: Context = { store, clock, machines, engine, tags, tokens, pages, jsonata };
  return {
    define: (machine) => store.transact(() => define(machine, context)),
    start: engine.start,
    whenIdle: engine.whenIdle,
    grantTime: engine.grantTime,
    stop: async () => engine.stop(),
    handle: (request) => handleRequest(request, context),
  };
}

/** A machine of the template: created, changed or left as it is. */
function define(
  { name, arn, roleArn, definition }: StateMachineDefinition,
  { machines, jsonata }: Context,
): void {
  const found = machines.byArn(arn);
  const known = found?.isDeleting === true ? null : found;
  if (known?.definition === definition && known.roleArn === roleArn) return;
  parseDefinition(definition, jsonata);
  const text = { roleArn, definition, settings: known?.settings ?? '{}' };
  if (known === null) machines.create(name, arn, text);
  else machines.update(known, text);
}

const SECRET_BYTES = 32;

/** Without it the tokens that are out there could not be told from forged ones. */
function keptSecret(store: Store, name: string): Uint8Array {
  const row = store.statement('SELECT secret FROM sfn_secrets WHERE name = ?').get(name);
  if (row?.['secret'] instanceof Uint8Array) return row['secret'];
  const secret = randomBytes(SECRET_BYTES);
  store.transact(() =>
    store.statement('INSERT INTO sfn_secrets (name, secret) VALUES (?, ?)').run(name, secret),
  );
  return secret;
}
