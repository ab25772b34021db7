/** What a target gets: the event, a text, a place of the event, or a template that is filled from it. */
export type TargetInput =
  | { readonly kind: 'event' }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'path'; readonly path: string }
  | {
      readonly kind: 'template';
      readonly paths: Readonly<Record<string, string>>;
      readonly template: string;
    };

export type EventTarget = {
  readonly id: string;
  readonly arn: string;
  readonly input: TargetInput;
  readonly deadLetterQueueArn: string | null;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
};

export type RuleDefinition = {
  readonly name: string;
  readonly arn: string;
  /** An EventBridge event pattern; null when the rule only has a schedule. */
  readonly pattern: Readonly<Record<string, unknown>> | null;
  /** `rate(…)` or `cron(…)`; null when the rule only waits for events. */
  readonly schedule: string | null;
  readonly enabled: boolean;
  readonly targets: readonly EventTarget[];
};

export type CloudEvent = {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970; absent: now. */
  readonly time?: number;
};

export type Events = {
  readonly define: (rule: RuleDefinition) => void;
  /** Puts an event on the default bus in the open transaction; matching targets get it at least once, also after a crash. */
  readonly emit: (event: CloudEvent) => void;
  /** Takes up deliveries that a crash left undone. */
  readonly start: () => void;
  readonly stop: () => void;
};

/** A time as events have it, to the second. */
export function timeText(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
