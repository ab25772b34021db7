import { util } from '@aws-appsync/utils';

/** Ends the request: the caller has to ask for something else. */
export function refuse(message: string): never {
  return util.error(message, 'ValidationError', null, { retryable: false });
}
