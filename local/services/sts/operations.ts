import { assumeRole } from './actions/assumeRole.ts';
import { getCallerIdentity } from './actions/getCallerIdentity.ts';
import type { StsContext } from './stsContext.ts';

/** Answers the XML inside of the operation's result. */
type Operation = (context: StsContext, input: URLSearchParams) => string;

export const STS_OPERATIONS: Readonly<Record<string, Operation>> = {
  AssumeRole: assumeRole,
  GetCallerIdentity: getCallerIdentity,
};
