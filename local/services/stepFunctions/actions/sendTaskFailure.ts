import type { Action } from '../wire/action.ts';
import { CAUSE_RULE, ERROR_RULE, refuseUnless, requiredTaskToken } from './taskToken.ts';

export const sendTaskFailure: Action = (members, context) => {
  const error = members.text('error', ERROR_RULE);
  const cause = members.text('cause', CAUSE_RULE);
  const owner = requiredTaskToken(members, context);
  refuseUnless(context.engine.callBack(owner, { ok: false, error, cause }));
  return {};
};
