import { StepFunctionsError } from '../errors.ts';
import { MAX_DATA_BYTES } from '../dataSize.ts';
import type { Action } from '../wire/action.ts';
import { jsonProblem } from '../wire/jsonInput.ts';
import { refuseUnless, requiredTaskToken } from './taskToken.ts';

export const sendTaskSuccess: Action = (members, context) => {
  const output = members.requiredText('output', {
    maximum: MAX_DATA_BYTES,
    isCountedInBytes: true,
    isSecret: true,
  });
  const owner = requiredTaskToken(members, context);
  const problem = jsonProblem(output);
  if (problem !== null) throw new StepFunctionsError('InvalidOutput', `Invalid Output: '${problem}'`);
  refuseUnless(context.engine.callBack(owner, { ok: true, output }));
  return {};
};
