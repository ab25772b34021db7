import { StepFunctionsError } from '../errors.ts';
import type { Members } from './members.ts';

const LONGEST_ARN = 256;

/** A member that holds an ARN: it is checked for its form only. */
export function requiredArn(members: Members, name: string): string {
  const arn = members.requiredText(name, { minimum: 1, maximum: LONGEST_ARN });
  members.check();
  checkArn(arn);
  return arn;
}

export function checkArn(arn: string): void {
  if (!arn.startsWith('arn:')) {
    throw new StepFunctionsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  }
}
