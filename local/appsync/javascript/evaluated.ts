/** What AppSync refuses in a resolver's code. `line` and `column` count from 1, in the original file where a source map says so. */
export type CodeProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
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

export type LogLine = { readonly level: 'INFO' | 'ERROR'; readonly text: string };

/** What a handler leaves behind, however it ends. `stash` is JSON text. */
export type Remains = {
  readonly stash: string;
  readonly appended: readonly GraphQLErrorData[];
  readonly extensions: readonly ExtensionCall[];
  readonly responseHeaders: Readonly<Record<string, string>>;
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
  readonly type: 'Code' | 'Timeout';
  readonly logs: readonly LogLine[];
};

export type HandlerOutcome = HandlerResult | EarlyReturn | HandlerError | HandlerFailure;
