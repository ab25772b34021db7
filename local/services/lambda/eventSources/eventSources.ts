/** A queue whose messages a function gets in batches. Numbers are CloudFormation's. */
export type EventSourceMapping = {
  readonly id: string;
  readonly queueArn: string;
  readonly functionArn: string;
  readonly enabled: boolean;
  /** At most so many messages in an invocation. */
  readonly batchSize: number;
  /** How long a batch that is not full waits for more; 0: not at all. */
  readonly batchingWindowSeconds: number;
  /** At most so many batches at a time. */
  readonly maximumConcurrency: number;
  /** Whether the answer names the messages that failed (`ReportBatchItemFailures`). */
  readonly reportsFailures: boolean;
};

export type EventSources = {
  /** Declares a mapping. Throws Unsupported for one that Lambda would refuse. */
  readonly define: (mapping: EventSourceMapping) => void;
  readonly remove: (id: string) => void;
  /** Begins to read the queues. */
  readonly start: () => void;
  /** Takes no further messages; those of batches under way come back when their visibility timeout is over. */
  readonly stop: () => void;
};
