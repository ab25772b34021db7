import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';

export function purgeQueue(call: SqsCall): Output {
  call.context.messages.purge(queueOf(call).name);
  return {};
}
