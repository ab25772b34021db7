import type { Danger } from './danger.ts';

export const WORKFLOW_DANGERS: readonly Danger[] = [
  [
    'a wait without an end',
    (t) => t.state('WaitForConfirmation', { TimeoutSeconds: undefined }),
    /WaitForConfirmation may wait without an end/,
  ],
  [
    'a wait of two years',
    (t) => t.state('WaitForConfirmation', { TimeoutSeconds: 63_072_000 }),
    /may wait without an end/,
  ],
  [
    'a rejection that is tried again',
    (t) => t.retry('WaitForConfirmation', 'OrderRejected'),
    /WaitForConfirmation retries OrderRejected/,
  ],
  [
    'a wait that tries everything again',
    (t) => t.retry('WaitForConfirmation', 'States.ALL'),
    /retries States.ALL, which would undo/,
  ],
  [
    'a wait that tries failed tasks again',
    (t) => t.retry('WaitForConfirmation', 'States.TaskFailed'),
    /retries States.TaskFailed/,
  ],
  [
    'an expiry that tries a decision again',
    (t) => t.retry('ExpireOrder', 'OrderConfirmed'),
    /ExpireOrder retries OrderConfirmed/,
  ],
  [
    'a step whose failure is not caught',
    (t) => t.state('CompleteOrder', { Catch: [] }),
    /CompleteOrder does not catch everything else/,
  ],
  [
    'a state that leads nowhere',
    (t) => t.state('ProcessOrder', { Next: 'Nowhere' }),
    /ProcessOrder leads to Nowhere, which does not exist/,
  ],
  [
    'a way with four transitions',
    (t) => t.state('CompleteOrder', { End: undefined, Next: 'RejectOrder' }),
    /takes more than three transitions/,
  ],
  [
    'a state that is not reached',
    (t) => t.state('ProcessOrder', { Next: 'CompleteOrder' }),
    /WaitForConfirmation cannot be reached/,
  ],
  [
    'an expression that JSONata cannot read',
    (t) => t.state('CompleteOrder', { Output: '{% $states.input. %}' }),
    /CompleteOrder has an expression that JSONata cannot read/,
  ],
  [
    'a field of JSONPath',
    (t) => t.state('ProcessOrder', { ResultPath: '$.x' }),
    /ProcessOrder has ResultPath, which belongs to JSONPath/,
  ],
  ['a Choice', (t) => t.state('RejectOrder', { Type: 'Choice' }), /RejectOrder is a Choice/],
  ['a timeout of the whole workflow', (t) => t.machine({ TimeoutSeconds: 60 }), /timeout of its own/],
  [
    'task tokens in the log',
    (t) =>
      t.each(
        'AWS::StepFunctions::StateMachine',
        (p) => void (p.LoggingConfiguration.IncludeExecutionData = true),
      ),
    /task tokens/,
  ],
  [
    'an Express workflow',
    (t) => t.each('AWS::StepFunctions::StateMachine', (p) => void (p.StateMachineType = 'EXPRESS')),
    /STANDARD/,
  ],
];
