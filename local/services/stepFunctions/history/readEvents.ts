import { REGION } from '../../../ground/account.ts';
import type { Store } from '../../../ground/store/store.ts';
import type { Execution } from '../engine/records/execution.ts';
import { responseText } from '../engine/invokeFunction.ts';
import { revealToken, type TaskTokens } from '../engine/records/taskTokens.ts';
import { wholeText } from '../shortText.ts';
import {
  type EventDetails,
  EVENTS_PER_EXECUTION,
  EXECUTION_INPUT,
  SAME_AS_BEFORE,
  type StoredEvent,
} from './eventLog.ts';
import { EVENT_DETAILS, type EventType, eventTypeOf } from './eventTypes.ts';

/** An event as AWS answers it. */
export type HistoryEvent = {
  readonly id: number;
  readonly previousEventId: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly type: EventType;
  readonly [details: string]: unknown;
};

export type HistoryPart = {
  /** The first event to answer: the lowest id, or the highest in reverse. */
  readonly from: number;
  readonly isReverse: boolean;
  readonly includesData: boolean;
};

type Services = { readonly store: Store; readonly tokens: TaskTokens };

const MILLISECONDS = 1000;

/** The events of an execution, one after the other; the caller stops when it has enough. */
export function* readEvents(
  execution: Execution,
  part: HistoryPart,
  services: Services,
): Generator<HistoryEvent, void, undefined> {
  const base = execution.id * EVENTS_PER_EXECUTION;
  for (let from = part.from; from >= 1 && from <= execution.lastEvent;) {
    const row = services.store
      .statement('SELECT id, at, events FROM sfn_events WHERE id <= ? AND id > ? ORDER BY id DESC LIMIT 1')
      .get(base + from, base);
    if (row === undefined) return;
    const first = Number(row['id']) - base;
    const reader = { execution, services, first, at: Number(row['at']) };
    const all = parseRow(wholeText(String(row['events']), execution), reader);
    const events = part.isReverse ? all.slice(0, from - first + 1).toReversed() : all.slice(from - first);
    for (const event of events) yield part.includesData ? event : withoutData(event);
    from = part.isReverse ? first - 1 : first + all.length;
  }
}

type RowReader = {
  readonly execution: Execution;
  readonly services: Services;
  readonly first: number;
  readonly at: number;
};

function parseRow(text: string, reader: RowReader): readonly HistoryEvent[] {
  const stored: readonly StoredEvent[] = JSON.parse(text);
  const textOf = createTextReader(reader.execution.input);
  return stored.map(([number, previous, later, details], index): HistoryEvent => {
    const type = eventTypeOf(number);
    const at = reader.at + later;
    const name = EVENT_DETAILS[type];
    return {
      id: reader.first + index,
      previousEventId: previous,
      timestamp: at / MILLISECONDS,
      type,
      ...(name === null ? {} : { [name]: detailsOf(type, details ?? {}, { ...reader, textOf, at }) }),
    };
  });
}

/** Turns what stands for a text back into it. */
function createTextReader(input: string): TextReader {
  let last: unknown = null;
  return (stored) => {
    if (stored === EXECUTION_INPUT) return input;
    if (stored === SAME_AS_BEFORE) return last;
    last = stored;
    return stored;
  };
}

type TextReader = (stored: unknown) => unknown;

type DetailReader = RowReader & { readonly textOf: TextReader };

const NOT_TRUNCATED = { truncated: false };

function detailsOf(type: EventType, stored: EventDetails, reader: DetailReader): EventDetails {
  const { input, output, token, response, ...others } = stored;
  const details: Record<string, unknown> = { ...others };
  if (type.startsWith('Task') && !type.startsWith('TaskState')) {
    Object.assign(details, {
      resource: token === undefined ? 'invoke' : 'invoke.waitForTaskToken',
      resourceType: 'lambda',
    });
  }
  if (type === 'ExecutionStarted') details['roleArn'] = reader.execution.revision.roleArn;
  if (type === 'TaskScheduled') Object.assign(details, scheduledDetails(stored, reader));
  if (input !== undefined)
    Object.assign(details, { input: reader.textOf(input), inputDetails: NOT_TRUNCATED });
  const text = response === undefined ? output : parseResponse(response, reader.at);
  if (text !== undefined)
    Object.assign(details, { output: reader.textOf(text), outputDetails: NOT_TRUNCATED });
  if (details['assignedVariables'] !== undefined) details['assignedVariablesDetails'] = NOT_TRUNCATED;
  return details;
}

function scheduledDetails(
  { parameters, token }: EventDetails,
  { execution, services }: RowReader,
): EventDetails {
  const owner = { executionId: execution.id, generation: Number(token) };
  return {
    parameters: revealToken(String(parameters), () => services.tokens.tokenOf(owner)),
    region: REGION,
  };
}

function parseResponse(stored: unknown, at: number): string {
  const [payload, requestId, statusCode] = Array.isArray(stored) ? stored : [];
  return responseText({
    payload: String(payload),
    requestId: String(requestId),
    at,
    statusCode: statusCode === 202 ? 202 : 200,
  });
}

const DATA = ['input', 'output', 'parameters', 'assignedVariables'];

function withoutData(event: HistoryEvent): HistoryEvent {
  const name = EVENT_DETAILS[event.type];
  const details = name === null ? undefined : event[name];
  if (name === null || typeof details !== 'object' || details === null) return event;
  const kept = Object.entries(details).filter(([key]) => !DATA.includes(key));
  return { ...event, [name]: Object.fromEntries(kept) };
}
