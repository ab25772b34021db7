import { seconds, type Action } from '../protocol/action.ts';
import { findExecution } from './findExecution.ts';
import { CAUSE_RULE, ERROR_RULE } from './taskToken.ts';

/** An execution that has ended keeps its end: the answer is when that was. */
export const stopExecution: Action = (members, context) => {
  const error = members.text('error', ERROR_RULE);
  const cause = members.text('cause', CAUSE_RULE);
  const execution = findExecution(members, context);
  if (execution.status === 'RUNNING') context.engine.abort(execution, { error, cause });
  return { stopDate: seconds(execution.stopped ?? context.clock.now()) };
};
