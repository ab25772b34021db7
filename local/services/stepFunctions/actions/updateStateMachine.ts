import { parseDefinition } from '../definition/parseDefinition.ts';
import { StepFunctionsError } from '../errors.ts';
import { seconds, type Action } from '../wire/action.ts';
import { checkRole } from '../wire/arn.ts';
import { findMachine, refuseDeleting } from './findExecution.ts';
import {
  DEFINITION_RULE,
  isSameText,
  parseSettings,
  readSettings,
  refuseUnsupported,
} from './stateMachineText.ts';

/** Executions that run keep their definition. An update that changes nothing keeps the revision. */
export const updateStateMachine: Action = (members, context) => {
  const definition = members.text('definition', DEFINITION_RULE);
  const roleArn = members.text('roleArn', { minimum: 1, maximum: 256 });
  const isGiven = [
    definition,
    roleArn,
    members.object('loggingConfiguration'),
    members.object('tracingConfiguration'),
  ];
  refuseUnsupported(members);
  const machine = findMachine(members, context);
  refuseDeleting(machine);
  if (isGiven.every((one) => one === undefined)) {
    throw new StepFunctionsError(
      'MissingRequiredParameter',
      'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    );
  }
  if (roleArn !== undefined) checkRole(roleArn);
  if (definition !== undefined) parseDefinition(definition, context.jsonata);
  const text = {
    definition: definition ?? machine.definition,
    roleArn: roleArn ?? machine.roleArn,
    settings: readSettings(members, parseSettings(machine.settings)),
  };
  const isUnchanged = isSameText(machine, text) && machine.revisionId !== null;
  const updated = isUnchanged ? machine : context.machines.update(machine, text);
  return { updateDate: seconds(context.clock.now()), revisionId: updated.revisionId };
};
