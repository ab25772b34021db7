import { type Output, queueOf, type SqsCall } from '../sqsContext.ts';
import { pageOfQueues } from './listQueues.ts';

export function listDeadLetterSourceQueues(call: SqsCall): Output {
  const { arn } = queueOf(call);
  const { urls, ...more } = pageOfQueues(call, ({ redrive }) => redrive?.deadLetterQueueArn === arn);
  return { queueUrls: urls, ...more };
}
