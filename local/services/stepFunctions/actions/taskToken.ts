import type { TokenOwner } from '../engine/records/taskTokens.ts';
import { StepFunctionsError } from '../errors.ts';
import type { Context } from '../wire/action.ts';
import type { Members } from '../wire/requestMembers.ts';

export const ERROR_RULE = { maximum: 256, isSecret: true };
export const CAUSE_RULE = { maximum: 32_768, isSecret: true };

/** A bearer secret: it is in no error. */
const TOKEN_RULE = { minimum: 1, maximum: 2048, isSecret: true };

export function requiredTaskToken(members: Members, { tokens }: Context): TokenOwner {
  const token = members.requiredText('taskToken', TOKEN_RULE);
  members.check();
  const owner = tokens.ownerOf(token);
  if (owner === null) throw new StepFunctionsError('InvalidToken', "Invalid Token: 'Invalid token'");
  return owner;
}

/** Late, given twice, stopped or superseded by a retry: for AWS it is all the same. */
export function refuseUnless(isAccepted: boolean): void {
  if (isAccepted) return;
  throw new StepFunctionsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
}
