import type { HttpHandler } from '../wire/httpMessage.ts';
import { jsonAnswer } from '../wire/jsonAnswer.ts';

/** `source` is the resolver, such as Mutation.processOrder, or the name of the function that wrote the line. */
export type RequestLine = { readonly source: string; readonly line: string };

/** What the last requests to AppSync have logged: their resolvers, and the functions that these invoked. */
export type RequestLogs = {
  /** A line, without secrets, of a request to AppSync or of an invocation. */
  readonly add: (requestId: string, line: RequestLine) => void;
  readonly onInvoked: (requestId: string, invocationId: string) => void;
  /** `GET /_local/logs?requestId=…`, where the id is `x-amzn-requestid` of the answer. */
  readonly handle: HttpHandler;
};

/** Older requests and invocations are forgotten. */
const MAX_IDS = 500;
const MAX_LINES = 200;
const MAX_LINE_CHARACTERS = 8000;

type Kept = RequestLine & { readonly number: number };

export function createRequestLogs(): RequestLogs {
  const lines = new Map<string, Kept[]>();
  const invocations = new Map<string, string[]>();
  let lastNumber = 0;

  const linesOf = (requestId: string): readonly RequestLine[] =>
    [requestId, ...(invocations.get(requestId) ?? [])]
      .flatMap((id) => lines.get(id) ?? [])
      .toSorted((left, right) => left.number - right.number)
      .map(({ source, line }) => ({ source, line }));
  return {
    add: (requestId, { source, line }) => {
      if (requestId === '') return;
      lastNumber += 1;
      const known = listIn(lines, requestId);
      if (known.length >= MAX_LINES) return;
      known.push({ number: lastNumber, source, line: line.slice(0, MAX_LINE_CHARACTERS) });
    },
    onInvoked: (requestId, invocationId) => void listIn(invocations, requestId).push(invocationId),
    handle: ({ method, query }) => {
      const requestId = new URLSearchParams(query).get('requestId') ?? '';
      if (method !== 'GET' || requestId === '')
        return jsonAnswer(400, {
          message: 'Send GET with ?requestId=ID, the x-amzn-requestid of an answer.',
        });
      return jsonAnswer(200, { requestId, lines: linesOf(requestId) });
    },
  };
}

function listIn<Value>(lists: Map<string, Value[]>, id: string): Value[] {
  const known = lists.get(id);
  if (known !== undefined) return known;
  const [oldest] = lists.keys();
  if (lists.size >= MAX_IDS && oldest !== undefined) lists.delete(oldest);
  const list: Value[] = [];
  lists.set(id, list);
  return list;
}
