import type { Output, SqsCall } from '../sqsContext.ts';

const MOST_QUEUES = 1000;

export function listQueues({ context, input }: SqsCall): Output {
  const prefix = input.optionalText('QueueNamePrefix') ?? '';
  const limit = input.number('MaxResults', { from: 1, to: MOST_QUEUES, otherwise: MOST_QUEUES });
  const after = Buffer.from(input.optionalText('NextToken') ?? '', 'base64url').toString('utf8');
  const queues = [...context.queues.values()]
    .filter(({ name }) => name.startsWith(prefix) && name > after)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const page = queues.slice(0, limit);
  const last = page.at(-1);
  return {
    ...(page.length === 0 ? {} : { QueueUrls: page.map(({ url }) => url) }),
    ...(queues.length > limit && last ? { NextToken: Buffer.from(last.name).toString('base64url') } : {}),
  };
}
