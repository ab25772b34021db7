import { ACCOUNT_ID, PARTITION, REGION } from '../../../ground/account.ts';
import { parseDefinition } from '../definition/parseDefinition.ts';
import { StepFunctionsError } from '../errors.ts';
import { seconds, type Action } from '../wire/action.ts';
import { checkName, NAME_RULE } from '../wire/name.ts';
import { checkRole } from '../wire/arn.ts';
import { refuseDeleting } from './findExecution.ts';
import { DEFINITION_RULE, readSettings, refuseUnsupported } from './stateMachineText.ts';
import { readTags } from './tags.ts';

/** The same machine again is answered as the first time, whatever its role. */
export const createStateMachine: Action = (members, context) => {
  const { machines, jsonata } = context;
  const name = members.requiredText('name', NAME_RULE);
  const definition = members.requiredText('definition', DEFINITION_RULE);
  const roleArn = members.requiredText('roleArn', { minimum: 1, maximum: 256 });
  const type = members.oneOf('type', ['STANDARD', 'EXPRESS']);
  const tags = readTags(members);
  const settings = readSettings(members);
  refuseUnsupported(members);
  checkName(name);
  checkRole(roleArn);
  refuseExpress(type);
  parseDefinition(definition, jsonata);
  const arn = `arn:${PARTITION}:states:${REGION}:${ACCOUNT_ID}:stateMachine:${name}`;
  const known = machines.byArn(arn);
  if (known !== null) refuseDeleting(known);
  if (known !== null && (known.definition !== definition || known.settings !== settings)) {
    throw new StepFunctionsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
  }
  const machine = known ?? machines.create(name, arn, { roleArn, definition, settings });
  if (known === null) context.tags.add(machine.id, tags);
  return { stateMachineArn: machine.arn, creationDate: seconds(machine.created) };
};

function refuseExpress(type: string | undefined): void {
  if (type !== 'EXPRESS') return;
  throw new StepFunctionsError(
    'StateMachineTypeNotSupported',
    'The local Step Functions runs state machines of the type STANDARD only.',
  );
}
