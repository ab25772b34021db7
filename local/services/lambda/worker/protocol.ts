/** What a function instance is made with. Everything is plain data: it crosses into another thread. */
export type InstanceSetup = {
  /** Where the handler's module lies: /var/task on AWS. */
  readonly taskRoot: string;
  /** Such as `index.handler`. */
  readonly handler: string;
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
