/** What AppSync refuses in a resolver's code. `line` and `column` count from 1, in the original file where a source map says so. */
export type CodeProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
};

export type HandlerName = 'request' | 'response';

/** `context` is `ctx` as JSON text, with `info.selectionSetList` and `info.selectionSetGraphQL`. */
export type HandlerCall = {
  readonly codeId: string;
  readonly handler: HandlerName;
  readonly context: string;
};

/** `util.error` and `util.appendError`, as they go into `errors`; `data` is not filtered yet. */
export type GraphQLErrorData = {
  readonly message: string;
  readonly type: string | null;
  readonly data: unknown;
  readonly info: unknown;
};

export type ExtensionName =
  | 'setSubscriptionFilter'
  | 'setSubscriptionInvalidationFilter'
  | 'invalidateSubscriptions'
  | 'evictFromApiCache';

/** `argument` is null when the handler takes an extension back: `setSubscriptionFilter(null)`. */
export type ExtensionCall = { readonly name: ExtensionName; readonly argument: unknown };

export type LogLine = { readonly level: 'INFO' | 'WARN' | 'ERROR'; readonly text: string };

/** What a handler leaves behind, however it ends. `stash` is JSON text. */
export type Remains = {
  readonly stash: string;
  readonly appended: readonly GraphQLErrorData[];
  readonly extensions: readonly ExtensionCall[];
  /** In the order of the calls; null for a value that was null. */
  readonly responseHeaders: readonly (readonly [name: string, value: string | null])[];
  readonly logs: readonly LogLine[];
};

/** `value` is JSON text, `null` when the handler returned nothing. */
export type HandlerResult = Remains & { readonly kind: 'result'; readonly value: string };

export type EarlyReturn = Remains & {
  readonly kind: 'earlyReturn';
  readonly value: string;
  readonly skipTo: 'END' | 'NEXT' | null;
};

/** `util.error`, or `util.unauthorized` with the message and the type that AppSync gives it. */
export type HandlerError = Remains &
  GraphQLErrorData & { readonly kind: 'error'; readonly unauthorized: boolean };

/** A bug of the handler, or one that does not end: what it left behind is lost, but for its log. */
export type HandlerFailure = {
  readonly kind: 'failed';
  readonly message: string;
  readonly type: 'Code' | 'Timeout' | 'MappingTemplate';
  /** Where in the code it happened, as AppSync puts it before the message; absent where that is not known. */
  readonly place?: { readonly line: number; readonly column: number };
  readonly logs: readonly LogLine[];
};

export type HandlerOutcome = HandlerResult | EarlyReturn | HandlerError | HandlerFailure;

/** `response` is null when the request handler did not end with a result. */
export type UnitOutcome = { readonly request: HandlerOutcome; readonly response: HandlerOutcome | null };

/** Runs APPSYNC_JS, away from the main thread. */
export type Evaluator = {
  /** Throws CodeRefused when `checkCode` finds something. The same id again replaces the code. */
  readonly load: (codeId: string, text: string, file: string) => Promise<void>;
  readonly call: (call: HandlerCall) => Promise<HandlerOutcome>;
  /** Both handlers of a unit resolver on a NONE data source in one round trip: the request's `payload` is the response's `ctx.result`. */
  readonly runUnit: (call: Omit<HandlerCall, 'handler'>) => Promise<UnitOutcome>;
  readonly stop: () => Promise<void>;
};
