/** The few members of the Amazon States Language that the workflow is made of. */
export type TaskState = {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments: { readonly FunctionName: string; readonly Payload: unknown };
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Output: unknown;
} & ({ readonly Next: StateName } | { readonly End: true });

export type Retrier = {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly MaxAttempts: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL';
};

export type Catcher = {
  readonly ErrorEquals: readonly string[];
  readonly Output: unknown;
  readonly Next: StateName;
};

export type StateName =
  | 'ProcessOrder'
  | 'WaitForConfirmation'
  | 'CompleteOrder'
  | 'RejectOrder'
  | 'CancelOrder'
  | 'ExpireOrder'
  | 'FailOrder';

export type Workflow = {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly StartAt: StateName;
  readonly States: Readonly<Record<StateName, TaskState>>;
};
