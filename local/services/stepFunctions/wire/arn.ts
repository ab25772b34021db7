import { StepFunctionsError } from '../errors.ts';
import type { Members } from './requestMembers.ts';

const MAX_ARN_CHARACTERS = 256;
const RESOURCE = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(?<type>[^:]+):[^:]/;
const ROLE = /^arn:[^:]+:iam::\d{12}:role\/./;

/** A member that holds the ARN of a machine or of an execution: it is checked for its form only. */
export function requiredArn(members: Members, name: string, type: 'stateMachine' | 'execution'): string {
  const arn = members.requiredText(name, { minimum: 1, maximum: MAX_ARN_CHARACTERS });
  members.check();
  if (!arn.startsWith('arn:')) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const found = RESOURCE.exec(arn)?.groups?.['type'];
  if (found === undefined) throw invalidArn(`Invalid ARN: ${arn}`);
  if (found !== type) throw invalidArn(`Resource type not valid in this context: ${found}`);
  return arn;
}

export function checkRole(arn: string): void {
  if (!ROLE.test(arn)) throw new StepFunctionsError('InvalidArn', `Invalid Role Arn: '${arn}'`);
}

function invalidArn(reason: string): StepFunctionsError {
  return new StepFunctionsError('InvalidArn', `Invalid Arn: '${reason}'`);
}
