const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  s3: [
    'PutObject',
    'CopyObject',
    'GetObject',
    'HeadObject',
    'DeleteObject',
    'DeleteObjects',
    'HeadBucket',
    'ListObjectsV2',
  ],
  stepFunctions: [
    'StartExecution',
    'SendTaskSuccess',
    'SendTaskFailure',
    'SendTaskHeartbeat',
    'StopExecution',
    'DescribeExecution',
    'GetExecutionHistory',
    'ListExecutions',
  ],
  events: ['PutEvents'],
  sqs: ['SendMessage', 'ReceiveMessage', 'DeleteMessage'],
  appsync: ['graphql', 'publish'],
};

/**
 * Where faults can be armed: `s3.PutObject` strikes before the operation, `s3.PutObject.done` after its result is
 * on disk and before the caller hears of it; `lambda.Invoke` strikes every invocation of a function.
 */
export const POINTS: readonly string[] = [
  'lambda.Invoke',
  ...Object.entries(OPERATIONS)
    .flatMap(([service, operations]) => operations.map((operation) => `${service}.${operation}`))
    .flatMap((point) => [point, `${point}.done`]),
];
