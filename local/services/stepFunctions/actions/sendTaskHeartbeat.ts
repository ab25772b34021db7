import type { Action } from '../wire/action.ts';
import { refuseUnless, requiredTaskToken } from './taskToken.ts';

export const sendTaskHeartbeat: Action = (members, context) => {
  const owner = requiredTaskToken(members, context);
  refuseUnless(context.engine.heartbeat(owner));
  return {};
};
