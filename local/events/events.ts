export type EventTarget = {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterQueueArn: string | null;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
};

export type RuleDefinition = {
  readonly name: string;
  readonly arn: string;
  /** An EventBridge event pattern. */
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly targets: readonly EventTarget[];
};

export type CloudEvent = {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
};

export type Events = {
  readonly define: (rule: RuleDefinition) => void;
  /** Puts an event on the default bus in the open transaction; matching targets get it at least once, also after a crash. */
  readonly emit: (event: CloudEvent) => void;
  /** Takes up deliveries that a crash left undone. */
  readonly start: () => void;
  readonly stop: () => void;
};
