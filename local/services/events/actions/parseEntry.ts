import { compactJson, parseJsonObject } from '../../../ground/json.ts';
import { ACCOUNT_ID, PARTITION, REGION } from '../../../ground/account.ts';
import type { CloudEvent } from '../events.ts';

export const TEXTS = ['Source', 'DetailType', 'Detail', 'EventBusName', 'TraceHeader'] as const;

/** An entry whose members are of the right types. */
export type Entry = Readonly<Partial<Record<(typeof TEXTS)[number], string>>> & {
  readonly Resources: readonly string[];
  readonly Time: unknown;
};

/** `detailText` is the detail as it was written, less white space. */
export type ParsedEntry =
  | { readonly event: CloudEvent; readonly detailText: string }
  | { readonly refusal: { readonly ErrorCode: string; readonly ErrorMessage: string } };

const DEFAULT_BUS = new Set<unknown>([
  undefined,
  'default',
  `arn:${PARTITION}:events:${REGION}:${ACCOUNT_ID}:event-bus/default`,
]);
/** What works on an event goes into its depth by recursion. */
const MAX_DETAIL_DEPTH = 1000;

/** What becomes of one entry of PutEvents. */
export function parseEntry(entry: Entry): ParsedEntry {
  const { Source: source = '', DetailType: detailType = '', Detail: text = '' } = entry;
  const missing = (['Source', 'DetailType', 'Detail'] as const).find((name) => !entry[name]);
  if (missing !== undefined) {
    const reason = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return refused('InvalidArgument', reason);
  }
  if (source.startsWith('aws.')) {
    return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  const bus = entry.EventBusName;
  if (!DEFAULT_BUS.has(bus)) {
    return refused('InvalidArgument', `The local cloud has only the event bus default; got ${String(bus)}.`);
  }
  const detail = parseJsonObject(text);
  if (detail === null || isDeeperThan(MAX_DETAIL_DEPTH, text))
    return refused('MalformedDetail', 'Detail is malformed.');
  const resources = entry.Resources ?? [];
  return {
    event: { source, detailType, detail, resources, ...timeOf(entry.Time) },
    detailText: compactJson(text),
  };
}

/** Whether a JSON text nests its lists and objects deeper than that. */
function isDeeperThan(limit: number, json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(STRING_OR_BRACKET)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

const STRING_OR_BRACKET = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/g;

/** Seconds since 1970, as AWS JSON has times; another text is not a time, and the event gets the present. */
function timeOf(value: unknown): { readonly time?: number } {
  const isTime = typeof value === 'number' && !Number.isNaN(new Date(value * 1000).getTime());
  return isTime ? { time: value * 1000 } : {};
}

function refused(ErrorCode: string, ErrorMessage: string): ParsedEntry {
  return { refusal: { ErrorCode, ErrorMessage } };
}
