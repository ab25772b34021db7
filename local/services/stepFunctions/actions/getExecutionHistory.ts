import { readEvents, type HistoryEvent } from '../history/readEvents.ts';
import type { Action } from '../wire/action.ts';
import { MAX_PAGE_ITEMS, PAGE_TOKEN_RULE, pageSize } from '../wire/pageTokens.ts';
import { findExecution } from './findExecution.ts';

/** A page ends early when its events have grown to this many characters. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

export const getExecutionHistory: Action = (members, context) => {
  const maxResults = members.integer('maxResults', { minimum: 0, maximum: MAX_PAGE_ITEMS });
  const nextToken = members.text('nextToken', PAGE_TOKEN_RULE);
  const isReverse = members.flag('reverseOrder') ?? false;
  const includesData = members.flag('includeExecutionData') ?? true;
  const execution = findExecution(members, context);
  const request = `history/${execution.id}/${isReverse}`;
  const begin = isReverse ? execution.lastEvent : 1;
  const from = nextToken === undefined ? begin : Number(context.pages.placeOf(request, nextToken));
  const events: HistoryEvent[] = [];
  let size = 0;
  for (const event of readEvents(execution, { from, isReverse, includesData }, context)) {
    if (events.length === pageSize(maxResults) || size > MAX_PAGE_BYTES) {
      return { events, nextToken: context.pages.tokenOf(request, event.id) };
    }
    events.push(event);
    size += JSON.stringify(event).length;
  }
  return { events };
};
