import { randomUUID } from 'node:crypto';
import type { Execution, Revision } from '../engine/records/execution.ts';
import { StepFunctionsError } from '../errors.ts';
import { MAX_DATA_BYTES } from '../dataSize.ts';
import { type Action, type Context, seconds } from '../wire/action.ts';
import { jsonProblem } from '../wire/jsonInput.ts';
import { checkName, NAME_RULE } from '../wire/name.ts';
import { findMachine, refuseDeleting } from './findExecution.ts';

/** The name of an execution that ended can be used again after 90 days. */
const NAME_KEPT_MILLISECONDS = 90 * 24 * 60 * 60 * 1000;

/** The same name and input while it runs is the same execution. */
export const startExecution: Action = (members, context) => {
  const name = members.text('name', NAME_RULE) ?? randomUUID();
  const input =
    members.text('input', { maximum: MAX_DATA_BYTES, isCountedInBytes: true, isSecret: true }) ?? '{}';
  const machine = findMachine(members, context);
  refuseDeleting(machine);
  checkName(name);
  checkInput(input);
  const revision = context.machines.revisionOf(machine.revision);
  const execution =
    runningAlready(revision, { name, input }, context) ?? context.engine.begin(revision, name, input);
  return { executionArn: execution.arn, startDate: seconds(execution.started) };
};

function checkInput(input: string): void {
  const problem = input === '' ? 'Invalid execution input.' : jsonProblem(input);
  if (problem === null) return;
  throw new StepFunctionsError(
    'InvalidExecutionInput',
    `Invalid State Machine Execution Input: '${problem}'`,
  );
}

type Start = { readonly name: string; readonly input: string };

function runningAlready(
  revision: Revision,
  { name, input }: Start,
  { engine, clock }: Context,
): Execution | null {
  const { executions } = engine;
  const id = executions.idOf(revision.machineId, name);
  const known = id === null ? null : executions.load(id);
  if (known === null) return null;
  if (known.status === 'RUNNING' && known.input === input) return known;
  if (known.stopped !== null && clock.now() - known.stopped > NAME_KEPT_MILLISECONDS) {
    executions.remove(known.id);
    return null;
  }
  throw new StepFunctionsError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
}
