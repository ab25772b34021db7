import { queueOf } from '../queueOf.ts';
import type { Output, SqsCall } from '../sqsContext.ts';

export function purgeQueue(call: SqsCall): Output {
  call.context.messages.purge(queueOf(call).name);
  return {};
}
