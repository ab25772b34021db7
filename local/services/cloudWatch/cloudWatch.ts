import type { HttpHandler } from '../../wire/httpMessage.ts';
import type { CloudEvent } from '../events/events.ts';

/** One value of a metric. */
export type Datum = {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
};

/** A metric since the process began. */
export type Statistics = Omit<Datum, 'value'> & {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly latest: number;
};

export type CloudWatch = {
  /** Takes a line of a function's log. True: it was in the embedded metric format, which is for a program and not for a person. */
  readonly takeLogLine: (line: string) => boolean;
  /** Counts what Step Functions counts itself: executions by how they end. */
  readonly takeEvent: (event: CloudEvent) => void;
  readonly statistics: () => readonly Statistics[];
  /** Answers every metric as JSON. */
  readonly handle: HttpHandler;
};
