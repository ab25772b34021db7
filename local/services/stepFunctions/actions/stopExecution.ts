import { seconds, type Action } from '../wire/action.ts';
import { findExecution } from './findExecution.ts';
import { CAUSE_RULE, ERROR_RULE } from './taskToken.ts';

/** An execution that has ended keeps its end: the answer is when that was. */
export const stopExecution: Action = (members, context) => {
  const { engine, clock } = context;
  const error = members.text('error', ERROR_RULE);
  const cause = members.text('cause', CAUSE_RULE);
  const { id } = findExecution(members, context);
  engine.abort(id, { error, cause });
  return { stopDate: seconds(engine.executions.load(id)?.stopped ?? clock.now()) };
};
