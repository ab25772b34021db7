import type { CodeDefinition } from '../appsync.ts';

export type HandlerName = 'request' | 'response';

/** `util.error` or `util.appendError`. */
export type HandlerError = {
  readonly message: string;
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;
};

export type HandlerEnd =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'earlyReturn'; readonly value: unknown; readonly skipTo: 'END' | 'NEXT' }
  | { readonly kind: 'error'; readonly error: HandlerError };

export type ExtensionCall = { readonly name: string; readonly argument: unknown };

/** How a handler ended, and what it left behind. */
export type HandlerOutcome = {
  readonly end: HandlerEnd;
  readonly stash: unknown;
  readonly appended: readonly HandlerError[];
  readonly extensions: readonly ExtensionCall[];
  readonly responseHeaders: Readonly<Record<string, string>>;
};

/** `ctx` as a plain value; everything in it survives JSON. */
export type HandlerContext = Readonly<Record<string, unknown>>;

export type Handlers = { readonly call: (handler: HandlerName, context: HandlerContext) => HandlerOutcome };

/** Runs APPSYNC_JS. */
export type HandlerRuntime = {
  /** One line `file:line rule message` for each construct that AppSync refuses. */
  readonly check: (code: CodeDefinition) => readonly string[];
  readonly load: (code: CodeDefinition) => Handlers;
};
