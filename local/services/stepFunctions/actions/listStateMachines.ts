import { seconds, type Action } from '../wire/action.ts';
import { MAX_PAGE_ITEMS, PAGE_TOKEN_RULE, pageSize } from '../wire/pageTokens.ts';

export const listStateMachines: Action = (members, { machines, pages }) => {
  const maxResults = members.integer('maxResults', { minimum: 0, maximum: MAX_PAGE_ITEMS });
  const nextToken = members.text('nextToken', PAGE_TOKEN_RULE);
  members.check();
  const size = pageSize(maxResults);
  const after = nextToken === undefined ? '' : String(pages.placeOf('machines', nextToken));
  const found = machines.list(after, size + 1);
  const page = found.slice(0, size);
  const last = page.at(-1);
  return {
    stateMachines: page.map(({ arn, name, created }) => ({
      stateMachineArn: arn,
      name,
      type: 'STANDARD',
      creationDate: seconds(created),
    })),
    ...(found.length > size && last !== undefined ? { nextToken: pages.tokenOf('machines', last.name) } : {}),
  };
};
