import type { MessagePort } from 'node:worker_threads';
import { isObject } from '../../../ground/json.ts';

/** What a function instance is made with. Everything is plain data: it crosses into another thread. */
export type InstanceSetup = {
  /** Where the handler's module lies: /var/task on AWS. */
  readonly taskRoot: string;
  /** Such as `index.handler`. */
  readonly handler: string;
  /** Such as `nodejs24.x`: it decides how handlers are called. */
  readonly runtime: string;
  /** Where compiled code is kept, so that the next start is quicker. */
  readonly cacheFolder: string;
  /** The offset of the cloud's clock in milliseconds. */
  readonly sharedOffset: SharedArrayBuffer;
  /** Bytes of output that the main thread has not taken yet: one signed 32-bit number. */
  readonly outputBacklog: SharedArrayBuffer;
  readonly functionName: string;
  readonly arn: string;
  readonly memoryMegabytes: number;
  readonly logGroup: string;
  readonly logStream: string;
  /** Another way to the cloud's own address than the network; null goes by the network. */
  readonly cloud: { readonly port: MessagePort; readonly portNumber: number } | null;
};

/** To the instance: run the handler once. */
export type Call = {
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
  readonly timeoutMilliseconds: number;
  /** What the caller sent as X-Amz-Client-Context, decoded; empty when there is none. */
  readonly clientContext: string;
};

export type ErrorDocument = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
};

/** From the instance. */
export type Report =
  | { readonly kind: 'output'; readonly text: string; readonly bytes: number }
  /** The module was imported; or it could not be, and every invocation has this error. */
  | { readonly kind: 'ready'; readonly error: ErrorDocument | null }
  /** `isLast`: the instance ends after this answer, as the Node.js runtime does after an uncaught exception. */
  | {
      readonly kind: 'answer';
      readonly payload: string;
      readonly isError: boolean;
      readonly isLast: boolean;
      readonly usedBytes: number;
    };

/** Null for what the runtime never says: a function may find the port of its thread, and say anything there. */
export function parseReport(value: unknown): Report | null {
  if (!isObject(value)) return null;
  const { kind, text, bytes, error, payload, isError, isLast, usedBytes } = value;
  if (kind === 'output' && typeof text === 'string' && typeof bytes === 'number')
    return { kind, text, bytes };
  if (kind === 'ready' && (error === null || isObject(error))) {
    return { kind, error: error === null ? null : parseErrorDocument(error) };
  }
  const isAnswer = kind === 'answer' && typeof payload === 'string' && typeof usedBytes === 'number';
  return isAnswer ? { kind, payload, usedBytes, isError: isError === true, isLast: isLast === true } : null;
}

function parseErrorDocument({ errorType, errorMessage, trace }: Readonly<Record<string, unknown>>) {
  return {
    errorType: String(errorType),
    errorMessage: String(errorMessage),
    ...(Array.isArray(trace) ? { trace: trace.map(String) } : {}),
  };
}
