import { ACCOUNT_ID } from '../../../ground/account.ts';
import { QueueDoesNotExist } from '../errors.ts';
import type { Output, SqsCall } from '../sqsContext.ts';

export function getQueueUrl({ context, input }: SqsCall): Output {
  const queue = context.queues.get(input.text('QueueName'));
  const owner = input.optionalText('QueueOwnerAWSAccountId') ?? ACCOUNT_ID;
  if (queue === undefined || owner !== ACCOUNT_ID) throw new QueueDoesNotExist();
  return { QueueUrl: queue.url };
}
