import type { Definition } from '../../definition/definition.ts';

/** An execution lives a year at most. */
export const MAX_EXECUTION_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

/** In the order of their numbers in the store: append only. */
export const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;
export type Status = (typeof STATUSES)[number];

/** One text of a machine's definition, checked and ready to run. */
export type Revision = {
  readonly id: number;
  readonly machineId: number;
  readonly machineName: string;
  readonly machineArn: string;
  readonly roleArn: string;
  readonly definition: Definition;
};

/**
 * What a thread does next, or waits for.
 * enter: come into its state; begin: do its state (again); invoking: a Lambda runs; token: a callback;
 * waiting: the end of a Wait; retrying: the next attempt; children: its branches or iterations.
 */
export type Phase = 'enter' | 'begin' | 'invoking' | 'token' | 'waiting' | 'retrying' | 'children';

/** An invocation that is repeated after a crash. `payload` holds the mark instead of the task token. */
export type Request = {
  readonly functionName: string;
  readonly payload: string;
  readonly isEvent: boolean;
};

/** The branches or iterations of a Parallel or Map state. */
export type Children = {
  /** JSON texts in the order of the branches or items. */
  readonly results: (string | null)[];
  readonly items: readonly unknown[];
  readonly limit: number;
  next: number;
  running: number;
  /** The event that the state's end follows. */
  last: number;
};

/** One line of control through the states of a scope. Stored as it is; what is absent is 0, null or nothing. */
export type Thread = {
  readonly id: number;
  /** The thread whose Parallel or Map state made this one; 0 for the execution's own. */
  readonly parent: number;
  readonly scope: number;
  readonly index: number;
  state: string;
  phase: Phase;
  /** JSON text; null is the execution's input. */
  input: string | null;
  variables?: Record<string, unknown>;
  last: number;
  before: number;
  entered: number;
  enteredAt: number;
  retries?: number;
  /** How often each retrier has retried. */
  attempts?: number[];
  /** Which attempt: unique within the execution. An answer for another one is too late. */
  generation: number;
  request?: Request;
  due?: number;
  /** Of an attempt that a crash cuts: it gets its whole time again. */
  timeoutMilliseconds?: number;
  heartbeatDue?: number;
  heartbeatMilliseconds?: number;
  children?: Children;
};

export type Execution = {
  readonly id: number;
  readonly revision: Revision;
  readonly name: string;
  readonly arn: string;
  readonly input: string;
  readonly started: number;
  status: Status;
  stopped: number | null;
  output: string | null;
  error: string | null;
  cause: string | null;
  redrives: number;
  redriven: number | null;
  /** The client token of the last redrive. */
  redriveToken?: string | null;
  threads: Thread[];
  lastEvent: number;
  generations: number;
  threadCount: number;
  /** When the whole execution times out. */
  end: number;
  /** The deadline that the scheduler holds; null when none. */
  scheduled: number | null;
};

export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** The thread that a Parallel or Map state of another one made it for. */
export function parentOf(execution: Execution, thread: Thread): Thread | undefined {
  return thread.parent === 0 ? undefined : threadOf(execution, thread.parent);
}

export function threadOf(execution: Execution, id: number): Thread | undefined {
  return execution.threads.find((thread) => thread.id === id);
}

/** What a new execution starts from. */
export type NewExecution = {
  readonly revision: Revision;
  readonly name: string;
  readonly input: string;
  readonly started: number;
  readonly end: number;
};

/** An execution before its first step. */
export function newExecution(id: number, { revision, name, input, started, end }: NewExecution): Execution {
  return {
    id,
    revision,
    name,
    arn: executionArn(revision.machineArn, name),
    input,
    started,
    status: 'RUNNING',
    stopped: null,
    output: null,
    error: null,
    cause: null,
    redrives: 0,
    redriven: null,
    threads: [],
    lastEvent: 0,
    generations: 0,
    threadCount: 0,
    end,
    scheduled: null,
  };
}
