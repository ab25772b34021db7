import type { HttpHandler } from '../../wire/httpMessage.ts';

export type StateMachineDefinition = {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Amazon States Language, JSON text. */
  readonly definition: string;
};

export type StepFunctions = {
  /** Creates or updates a machine from the template, in the open transaction; throws InvalidDefinition. Running executions keep theirs. */
  readonly define: (machine: StateMachineDefinition) => void;
  /** Takes up what was under way when the process ended. Call it once, after every `define`. */
  readonly start: () => void;
  /** Resolves when no function runs for an execution. */
  readonly whenIdle: () => Promise<void>;
  /** Call it before the clock is put forward: functions that began a moment ago keep their time. */
  readonly grantTime: (milliseconds: number) => void;
  readonly stop: () => Promise<void>;
  /** The Step Functions API (AWS JSON 1.0). The signature has been verified. */
  readonly handle: HttpHandler;
};
