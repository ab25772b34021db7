import type { HttpHandler } from '../../wire/httpMessage.ts';

export type FunctionDefinition = {
  readonly name: string;
  readonly arn: string;
  /** The template's Runtime, such as `nodejs24.x`. Node itself is always the one that runs the cloud. */
  readonly runtime: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  /** A folder that holds the handler's module, or inline source text (CloudFormation's ZipFile: CommonJS index.js). */
  readonly code: { readonly folder: string } | { readonly inline: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly logGroup: string;
  readonly logging: LoggingConfig;
  /** The template's DeadLetterConfig: a queue for asynchronous events that failed for good. */
  readonly deadLetterQueueArn?: string | null;
};

/**
 * The template's LoggingConfig. `level` is the least that JSON logs hold: TRACE, DEBUG, INFO, WARN, ERROR or FATAL; `systemLevel` is that of Lambda's
 * own lines: DEBUG, INFO or WARN. Text logs hold every level.
 */
export type LoggingConfig = {
  readonly format: 'JSON' | 'Text';
  readonly level: string;
  readonly systemLevel: string;
};

/** What an invocation came to. `payload` is JSON text; with `functionError` it is the error document. */
export type Invocation = {
  readonly payload: string;
  readonly functionError: 'Unhandled' | null;
  readonly requestId: string;
};

export type AsyncInvokeConfig = {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** ARN of a queue or function that is told of every event that succeeded; null: none. */
  readonly onSuccess: string | null;
  /** The same for events that failed for good. */
  readonly onFailure: string | null;
};

export type Lambda = {
  /** Deploys a function. One of the same name that differs ends with the invocations that it has. */
  readonly define: (definition: FunctionDefinition) => void;
  readonly configureAsync: (functionName: string, config: AsyncInvokeConfig) => void;
  readonly exists: (nameOrArn: string) => boolean;
  /**
   * Invokes and waits. A failing handler resolves with `functionError`; an unknown function throws FunctionNotFound.
   * `onBegin` is told when an instance has the invocation: until then it waits for its turn, and its time does not run. Without
   * it the invocation is urgent.
   */
  readonly invoke: (nameOrArn: string, payload: string, onBegin?: () => void) => Promise<Invocation>;
  /** Queues an asynchronous invocation in the open transaction: it survives a crash, is retried, and has a destination. */
  readonly invokeLater: (nameOrArn: string, payload: string) => void;
  /** Takes up what a crash left in the queue. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** The Invoke action on the wire. */
  readonly handle: HttpHandler;
};

/** No function has this name. Lambda's own name for it is ResourceNotFoundException. */
export class FunctionNotFound extends Error {
  readonly type = 'ResourceNotFoundException';
}
