import { randomUUID } from 'node:crypto';
import type { Invocation, Lambda } from '../../services/lambda/lambda.ts';
import type { Faults } from '../../ground/faults/faults.ts';
import { withFault } from '../../ground/faults/withFault.ts';

/** A Lambda whose invocations pass the fault point `lambda.Invoke`. */
export function withInvokeFaults(lambda: Lambda, faults: Faults): Lambda {
  return {
    ...lambda,
    invoke: (name, payload, onBegin) =>
      withFault(
        { faults: withFaultHook(faults, onBegin), point: 'lambda.Invoke' },
        () => lambda.invoke(name, payload, onBegin),
        {
          error: () => failed('Lambda.ServiceException', 'An injected fault.'),
          throttle: () => failed('Lambda.TooManyRequestsException', 'Rate exceeded'),
          silence: () => failed('Lambda.SdkClientException', 'The answer was lost.'),
        },
      ),
  };
}

/** An invocation that a fault delays does not wait for its turn: its time runs. */
function withFaultHook(faults: Faults, onFault?: () => void): Faults {
  return {
    ...faults,
    take: (point) => {
      const fault = faults.take(point);
      if (fault !== null) onFault?.();
      return fault;
    },
  };
}

function failed(errorType: string, errorMessage: string): Invocation {
  return {
    payload: JSON.stringify({ errorType, errorMessage }),
    functionError: 'Unhandled',
    requestId: randomUUID(),
  };
}
