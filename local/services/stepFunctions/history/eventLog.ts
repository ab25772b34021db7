import type { Store } from '../../../ground/store/store.ts';
import { shortText } from '../shortText.ts';
import { eventTypeNumber, type EventType } from './eventTypes.ts';

/** Details as AWS writes them, but for what the reader adds: `…Details: {truncated: false}`, `resource`, `roleArn`. */
export type EventDetails = Readonly<Record<string, unknown>>;

/** An event in the store: type, previous event, milliseconds after the row's time, details. */
export type StoredEvent = readonly [type: number, previous: number, later: number, details?: EventDetails];

/** In the place of an input or output: the execution's input, or the same text as the last one in this row. */
export const EXECUTION_INPUT = 1;
export const SAME_AS_BEFORE = 0;

/** The key of an execution's event in the store. AWS ends an execution at 25,000 events, so they never meet. */
export const EVENTS_PER_EXECUTION = 32_768;

const EVENTS_PER_ROW = 200;

export type NewEvent = {
  readonly type: EventType;
  readonly previous: number;
  readonly at: number;
  readonly details?: EventDetails;
};

export type EventLog = {
  readonly add: (id: number, event: NewEvent) => void;
  /** Writes what was added. */
  readonly save: () => void;
};

/** Gathers the events of one step of an execution into few short rows. */
export function createEventLog(
  store: Store,
  execution: { readonly id: number; readonly name: string; readonly input: string },
): EventLog {
  let row: StoredEvent[] = [];
  let first = 0;
  let rowAt = 0;
  let lastText: string | null = null;

  function shorten(text: unknown): unknown {
    if (typeof text !== 'string') return text;
    if (text === execution.input) return EXECUTION_INPUT;
    if (text === lastText) return SAME_AS_BEFORE;
    lastText = text;
    return text;
  }

  function save(): void {
    if (row.length > 0) {
      const events = shortText(JSON.stringify(row), execution);
      store
        .statement('INSERT INTO sfn_events (id, at, events) VALUES (?, ?, ?)')
        .run(execution.id * EVENTS_PER_EXECUTION + first, rowAt, events);
    }
    row = [];
    lastText = null;
  }

  return {
    add: (id, { type, previous, at, details }) => {
      if (row.length === EVENTS_PER_ROW) save();
      if (row.length === 0) {
        first = id;
        rowAt = at;
      }
      const event = [eventTypeNumber(type), previous, at - rowAt] as const;
      row.push(details === undefined ? event : [...event, shortenDetails(details, shorten)]);
    },
    save,
  };
}

/** The answer of an Invoke call is stored as what varies in it, in `response`, and put together again by the reader. */
function shortenDetails(details: EventDetails, shorten: (text: unknown) => unknown): EventDetails {
  const { input, output, response } = details;
  if (input === undefined && typeof output !== 'string') return details;
  const short: Record<string, unknown> = { ...details };
  if (input !== undefined) short['input'] = shorten(input);
  if (typeof output === 'string') short['output'] = shorten(output);
  if (response !== undefined) delete short['output'];
  return short;
}
