import type { Output, Queue, SqsCall } from '../sqsContext.ts';

const MAX_QUEUES = 1000;

export function listQueues(call: SqsCall): Output {
  const prefix = call.input.optionalText('QueueNamePrefix') ?? '';
  const { urls, ...more } = pageOfQueues(call, ({ name }) => name.startsWith(prefix));
  return { ...(urls.length === 0 ? {} : { QueueUrls: urls }), ...more };
}

export type Page = { readonly urls: readonly string[]; readonly NextToken?: string };

/** By name; the token is the last name of the page before. */
export function pageOfQueues({ context, input }: SqsCall, isListed: (queue: Queue) => boolean): Page {
  const limit = input.number('MaxResults', { from: 1, to: MAX_QUEUES, otherwise: MAX_QUEUES });
  const after = Buffer.from(input.optionalText('NextToken') ?? '', 'base64url').toString('utf8');
  const queues = [...context.queues.values()]
    .filter((queue) => isListed(queue) && queue.name > after)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const page = queues.slice(0, limit);
  const last = page.at(-1);
  return {
    urls: page.map(({ url }) => url),
    ...(queues.length > limit && last ? { NextToken: Buffer.from(last.name).toString('base64url') } : {}),
  };
}
