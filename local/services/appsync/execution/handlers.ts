import type {
  Evaluator,
  GraphQLErrorData,
  HandlerName,
  HandlerOutcome,
  LogLine,
  Remains,
  UnitOutcome,
} from '../javascript/evaluator.ts';

/** `ctx` as a plain value; everything in it survives JSON. */
export type HandlerContext = Readonly<Record<string, unknown>>;

/** The two handlers of one piece of code. */
export type Handlers = {
  readonly call: (handler: HandlerName, context: HandlerContext) => Promise<HandlerOutcome>;
  /** Both handlers at once, for a data source that answers with the payload. */
  readonly runUnit: (context: HandlerContext) => Promise<UnitOutcome>;
};

/** `source` is `Type.field`, the API's name or AppSync; `requestId` is that of the request to AppSync, if there is one. */
export type OnHandlerLog = (source: string, line: LogLine, requestId?: string) => void;

export function handlersOf(evaluator: Evaluator, codeId: string): Handlers {
  return {
    call: (handler, context) => evaluator.call({ codeId, handler, context: JSON.stringify(context) }),
    runUnit: (context) => evaluator.runUnit({ codeId, context: JSON.stringify(context) }),
  };
}

/** A handler that ended by itself, with its value parsed. */
export type Finished = {
  readonly kind: 'result' | 'earlyReturn';
  readonly value: unknown;
  readonly skipTo: 'END' | 'NEXT';
};

export type Ended = {
  readonly remains: Omit<Remains, 'logs'>;
  readonly end: Finished | GraphQLErrorData;
};

const NOTHING: Ended['remains'] = { stash: '{}', appended: [], extensions: [], responseHeaders: [] };

/** Reads an outcome; a bug in the handler is an error of its field. */
export function endOf(outcome: HandlerOutcome): Ended {
  switch (outcome.kind) {
    case 'result':
      return { remains: outcome, end: { kind: 'result', value: JSON.parse(outcome.value), skipTo: 'NEXT' } };
    case 'earlyReturn': {
      const { kind, value, skipTo } = outcome;
      return { remains: outcome, end: { kind, value: JSON.parse(value), skipTo: skipTo ?? 'NEXT' } };
    }
    case 'error':
      return { remains: outcome, end: outcome };
    case 'failed':
      return {
        remains: NOTHING,
        end: { message: outcome.message, type: outcome.type, data: null, info: null },
      };
  }
}
