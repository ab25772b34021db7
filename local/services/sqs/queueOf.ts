import { ACCOUNT_ID } from '../../ground/account.ts';
import { QueueDoesNotExist } from './errors.ts';
import type { Queue, SqsCall } from './sqsContext.ts';

/** The queue that `QueueUrl` names. Only its path counts: the port differs from run to run. */
export function queueOf({ context, input }: SqsCall): Queue {
  const url = input.text('QueueUrl');
  const [, account, name = ''] = /(?:^|\/)(\d{12})\/([A-Za-z0-9_.-]{1,80})$/.exec(url) ?? [];
  const queue = account === ACCOUNT_ID ? context.queues.get(name) : undefined;
  const found = queue ?? [...context.queues.values()].find((candidate) => candidate.url === url);
  if (found === undefined) throw new QueueDoesNotExist();
  return found;
}
