import type { Template } from './template.ts';

/** How a Task is done: a Lambda by its ARN, or the optimized integration, which can wait for a task token. */
export type Resource =
  | { readonly kind: 'function'; readonly arn: string }
  | { readonly kind: 'invoke'; readonly waitsForToken: boolean };

export type Retrier = {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | null;
  readonly hasJitter: boolean;
};

export type Catcher = {
  readonly errorEquals: readonly string[];
  readonly next: string;
  readonly assign: Template | null;
  readonly output: Template | null;
};

export type ChoiceRule = {
  readonly condition: Template;
  readonly next: string;
  readonly assign: Template | null;
  readonly output: Template | null;
};

type Common = {
  readonly name: string;
  /** Null at the end of the machine, the branch or the iteration. */
  readonly next: string | null;
  readonly assign: Template | null;
  readonly output: Template | null;
};

type Fallible = { readonly retry: readonly Retrier[]; readonly catch: readonly Catcher[] };

export type PassState = Common & { readonly type: 'Pass' };
export type SucceedState = Common & { readonly type: 'Succeed' };
export type WaitState = Common & {
  readonly type: 'Wait';
  readonly seconds: Template | null;
  readonly timestamp: Template | null;
};
export type FailState = Common & {
  readonly type: 'Fail';
  readonly error: Template | null;
  readonly cause: Template | null;
};
export type ChoiceState = Common & {
  readonly type: 'Choice';
  readonly rules: readonly ChoiceRule[];
  readonly default: string | null;
};
export type TaskState = Common &
  Fallible & {
    readonly type: 'Task';
    readonly resource: Resource;
    readonly arguments: Template | null;
    readonly timeoutSeconds: Template | null;
    readonly heartbeatSeconds: Template | null;
  };
export type ParallelState = Common &
  Fallible & {
    readonly type: 'Parallel';
    readonly arguments: Template | null;
    /** Indexes of scopes. */
    readonly branches: readonly number[];
  };
export type MapState = Common &
  Fallible & {
    readonly type: 'Map';
    readonly items: Template | null;
    readonly itemSelector: Template | null;
    readonly maxConcurrency: Template | null;
    readonly toleratedFailureCount: Template | null;
    readonly toleratedFailurePercentage: Template | null;
    readonly processor: number;
  };

export type State =
  PassState | SucceedState | WaitState | FailState | ChoiceState | TaskState | ParallelState | MapState;

export type StateType = State['type'];

/** The machine itself, a branch of a Parallel state or the processor of a Map state. */
export type Scope = { readonly startAt: string; readonly states: ReadonlyMap<string, State> };

export type Definition = {
  /** The machine itself is the first. */
  readonly scopes: readonly Scope[];
  readonly timeoutSeconds: number | null;
  /** By the names of states: the variables that they read, in alphabetical order. */
  readonly variableReferences: Readonly<Record<string, readonly string[]>>;
};
