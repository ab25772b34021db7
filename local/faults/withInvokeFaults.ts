import { randomUUID } from 'node:crypto';
import type { Invocation, Lambda } from '../lambda/lambda.ts';
import type { Faults } from './faults.ts';
import { withFault } from './withFault.ts';

/** A Lambda whose invocations pass the fault point `lambda.Invoke`. */
export function withInvokeFaults(lambda: Lambda, faults: Faults): Lambda {
  return {
    ...lambda,
    invoke: (name, payload) =>
      withFault({ faults, point: 'lambda.Invoke' }, () => lambda.invoke(name, payload), {
        error: () => failed('Lambda.ServiceException', 'An injected fault.'),
        throttle: () => failed('Lambda.TooManyRequestsException', 'Rate exceeded'),
        silence: () => failed('Lambda.SdkClientException', 'The answer was lost.'),
      }),
  };
}

function failed(errorType: string, errorMessage: string): Invocation {
  return {
    payload: JSON.stringify({ errorType, errorMessage }),
    functionError: 'Unhandled',
    requestId: randomUUID(),
  };
}
