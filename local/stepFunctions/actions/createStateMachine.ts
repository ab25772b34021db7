import { ACCOUNT_ID, PARTITION, REGION } from '../../account.ts';
import { parseDefinition } from '../definition/parseDefinition.ts';
import { StepFunctionsError } from '../errors.ts';
import { seconds, type Action } from '../protocol/action.ts';
import { checkName, NAME_RULE } from '../protocol/name.ts';
import { checkRole, DEFINITION_RULE, readSettings } from './stateMachineText.ts';

/** The same machine again is answered as the first time, whatever its role. */
export const createStateMachine: Action = (members, { machines, jsonata }) => {
  const name = members.requiredText('name', NAME_RULE);
  const definition = members.requiredText('definition', DEFINITION_RULE);
  const roleArn = members.requiredText('roleArn', { minimum: 1, maximum: 256 });
  const type = members.oneOf('type', ['STANDARD', 'EXPRESS']);
  const publish = members.flag('publish');
  const settings = readSettings(members);
  members.check();
  checkName(name);
  checkRole(roleArn);
  refuseUnsupported(type, publish);
  parseDefinition(definition, jsonata);
  const arn = `arn:${PARTITION}:states:${REGION}:${ACCOUNT_ID}:stateMachine:${name}`;
  const known = machines.byArn(arn);
  if (known !== null && (known.definition !== definition || known.settings !== settings)) {
    throw new StepFunctionsError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
  }
  const machine = known ?? machines.create(name, arn, { roleArn, definition, settings });
  return { stateMachineArn: machine.arn, creationDate: seconds(machine.created) };
};

function refuseUnsupported(type: string | undefined, publish: boolean | undefined): void {
  if (type === 'EXPRESS') {
    throw new StepFunctionsError(
      'StateMachineTypeNotSupported',
      'The local Step Functions runs state machines of the type STANDARD only.',
    );
  }
  if (publish === true) {
    throw new StepFunctionsError(
      'ValidationException',
      'The local Step Functions has no versions: publish is not supported.',
    );
  }
}
