import { expect, test } from 'vitest';
import { permissionsOf } from '../../infra/checks/permissionsOf.ts';
import { resourcesOf } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const { template, text } = await synthesizeApp();
const permissions = permissionsOf(template);

const BUCKET = '<OrdersBucket.Arn>';
const WAITING = '<WaitingBucket.Arn>';
const PUBLISH = 'appsync:GraphQL <Api.Arn>/types/Mutation/fields/publishOrderStatus';
const START = ['states:StartExecution <WorkflowStateMachine>'];
const RESUME = [
  'states:SendTaskFailure <WorkflowStateMachine>',
  'states:SendTaskSuccess <WorkflowStateMachine>',
];
const receiveFrom = (queue: string) => [
  `sqs:ReceiveMessage <${queue}.Arn>`,
  `sqs:DeleteMessage <${queue}.Arn>`,
  `sqs:GetQueueAttributes <${queue}.Arn>`,
];
const LOG = [
  'logs:CreateLogStream <FunctionLog.Arn>',
  'logs:PutLogEvents <FunctionLog.Arn>',
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
];

const get = (...areas: readonly string[]) => areas.map((area) => `s3:GetObject ${BUCKET}/${area}/*.json`);
const put = (...areas: readonly string[]) => areas.map((area) => `s3:PutObject ${BUCKET}/${area}/*.json`);
const list = (...areas: readonly string[]) =>
  `s3:ListBucket ${BUCKET} when {"StringLikeIfExists":{"s3:prefix":[${areas.map((area) => `"${area}/*"`).join()}]}}`;

const READ_ORDER = [...get('decisions', 'orders', 'requests'), list('requests', 'orders', 'decisions')];
const RESUME_ORDER = [
  `s3:GetObject ${WAITING}/*`,
  `s3:ListBucket ${WAITING}`,
  ...RESUME,
  ...get('decisions', 'orders', 'requests', 'tokens'),
  list('requests', 'orders', 'decisions', 'tokens'),
];
const END = [
  PUBLISH,
  ...READ_ORDER,
  ...put('orders'),
  `s3:PutObject ${BUCKET}/ended/*`,
  `s3:DeleteObject ${BUCKET}/pending/*`,
  `s3:DeleteObject ${WAITING}/*`,
];
const DECIDE = [...RESUME_ORDER, ...put('decisions')];

test.each([
  ['ApiProcessOrder', [...READ_ORDER, ...put('requests'), ...START]],
  ['ApiConfirmOrder', DECIDE],
  ['ApiCancelOrder', DECIDE],
  ['ApiOrder', READ_ORDER],
  ['ApiPendingOrders', [...READ_ORDER, list('pending'), `s3:ListBucket ${WAITING}`]],
  ['ApiEndedOrders', [...READ_ORDER, list('ended')]],
  [
    'StepsProcessOrder',
    [PUBLISH, ...get('orders', 'requests'), list('requests', 'orders'), ...put('orders')],
  ],
  [
    'StepsStoreTaskToken',
    [
      PUBLISH,
      ...RESUME_ORDER,
      ...put('orders'),
      `s3:DeleteObject ${BUCKET}/pending/*`,
      `s3:PutObject ${WAITING}/*`,
      `s3:DeleteObject ${WAITING}/*`,
    ],
  ],
  ['StepsCompleteOrder', END],
  ['StepsRejectOrder', END],
  ['StepsCancelOrder', END],
  ['StepsExpireOrder', [...END, ...put('decisions')]],
  ['StepsFailOrder', [...END, ...put('decisions')]],
  ['RecoveryRecordsCreated', [...RESUME_ORDER, ...START, ...receiveFrom('SafetyNetRecordsQueue')]],
  ['RecoveryExecutionEnded', [...END, ...put('decisions'), ...receiveFrom('SafetyNetExecutionsQueue')]],
])('%s may do what its source does, and nothing else', (name, expected) => {
  expect(permissions[`${name}Role`]).toEqual([...LOG, ...expected].toSorted());
});

test('what was seen is what is approved: one function may create requests, and only the role that forgets may change them', () => {
  const onRequests = Object.entries(permissions).flatMap(([role, lines]) =>
    lines
      .filter((line) => /^s3:(Put|Delete)/.test(line) && /Bucket\.Arn>\/(requests\/|\*)/.test(line))
      .filter((line) => line.includes(BUCKET))
      .map((line) => `${role}: ${line}`),
  );

  expect(onRequests).toEqual([
    `ApiProcessOrderRole: s3:PutObject ${BUCKET}/requests/*.json`,
    `OrdersForgetRole: s3:DeleteObject ${BUCKET}/requests/*.json`,
    `OrdersForgetRole: s3:DeleteObjectVersion ${BUCKET}/requests/*.json`,
    `OrdersForgetRole: s3:PutObject ${BUCKET}/requests/*.json when {"Null":{"s3:if-match":"false"}}`,
  ]);
});

test('the role that forgets reads, replaces and deletes what people wrote, and nothing else; no function has it', () => {
  const areas = ['decisions', 'orders', 'requests'];
  const prefixes = '["requests/*","decisions/*","orders/*"]';

  expect(permissions['OrdersForgetRole']).toEqual(
    [
      ...areas.flatMap((area) => [
        `s3:DeleteObject ${BUCKET}/${area}/*.json`,
        `s3:DeleteObjectVersion ${BUCKET}/${area}/*.json`,
      ]),
      ...get(...areas),
      ...put(...areas).map((line) => `${line} when {"Null":{"s3:if-match":"false"}}`),
      `s3:ListBucketVersions ${BUCKET} when {"StringLike":{"s3:prefix":${prefixes}}}`,
      `s3:ListBucket ${BUCKET} when {"StringLikeIfExists":{"s3:prefix":${prefixes}}}`,
    ].toSorted(),
  );
  expect(text.match(/OrdersForgetRole/g)).toHaveLength(4); // itself, the bucket's policy twice, and the output
});

test('every function has a role of its own', () => {
  const roles = resourcesOf(template, 'AWS::Lambda::Function').map(({ properties }) => properties['Role']);

  expect(roles).toHaveLength(15);
  expect(new Set(roles).size).toBe(15);
});

test('the workflow may call its seven functions, and AppSync its six, one role each', () => {
  const callers = Object.entries(permissions).flatMap(([role, lines]) =>
    lines.filter((line) => line.startsWith('lambda:')).map((line) => `${role}: ${line}`),
  );

  expect(callers).toEqual([
    'ApiSourceprocessOrderRole: lambda:InvokeFunction <api/processOrder.Arn>',
    'ApiSourceconfirmOrderRole: lambda:InvokeFunction <api/confirmOrder.Arn>',
    'ApiSourcecancelOrderRole: lambda:InvokeFunction <api/cancelOrder.Arn>',
    'ApiSourceorderRole: lambda:InvokeFunction <api/order.Arn>',
    'ApiSourcependingOrdersRole: lambda:InvokeFunction <api/pendingOrders.Arn>',
    'ApiSourceendedOrdersRole: lambda:InvokeFunction <api/endedOrders.Arn>',
    'WorkflowRole: lambda:InvokeFunction <steps/cancelOrder.Arn>',
    'WorkflowRole: lambda:InvokeFunction <steps/completeOrder.Arn>',
    'WorkflowRole: lambda:InvokeFunction <steps/expireOrder.Arn>',
    'WorkflowRole: lambda:InvokeFunction <steps/failOrder.Arn>',
    'WorkflowRole: lambda:InvokeFunction <steps/processOrder.Arn>',
    'WorkflowRole: lambda:InvokeFunction <steps/rejectOrder.Arn>',
    'WorkflowRole: lambda:InvokeFunction <steps/storeTaskToken.Arn>',
  ]);
});

test('only log delivery and traces, which know no resources, are allowed on everything; no action has a wildcard', () => {
  const lines = Object.values(permissions).flat();

  expect(lines.filter((line) => line.endsWith(' *')).filter((line) => !/^(logs|xray):/.test(line))).toEqual(
    [],
  );
  expect(lines.filter((line) => /^\S*\*/.test(line))).toEqual([]);
});

test('no role uses a policy that AWS manages', () => {
  const managed = resourcesOf(template, 'AWS::IAM::Role').filter(
    ({ properties }) => properties['ManagedPolicyArns'],
  );

  expect(managed).toEqual([]);
});

test.each([
  ['api/processOrder', ['BUCKET_NAME', 'STATE_MACHINE_ARN']],
  ['api/confirmOrder', ['BUCKET_NAME', 'WAITING_BUCKET_NAME']],
  ['api/pendingOrders', ['BUCKET_NAME', 'WAITING_BUCKET_NAME']],
  ['api/endedOrders', ['BUCKET_NAME']],
  ['steps/processOrder', ['BUCKET_NAME', 'GRAPHQL_URL']],
  ['steps/storeTaskToken', ['BUCKET_NAME', 'GRAPHQL_URL', 'WAITING_BUCKET_NAME']],
  ['steps/completeOrder', ['BUCKET_NAME', 'GRAPHQL_URL', 'WAITING_BUCKET_NAME']],
  ['steps/failOrder', ['BUCKET_NAME', 'GRAPHQL_URL', 'WAITING_BUCKET_NAME']],
  ['recovery/recordsCreated', ['BUCKET_NAME', 'STATE_MACHINE_ARN', 'WAITING_BUCKET_NAME']],
  ['recovery/executionEnded', ['BUCKET_NAME', 'GRAPHQL_URL', 'WAITING_BUCKET_NAME']],
])('%s gets the variables of its permissions: %j', (name, expected) => {
  const found = template.resources.find((resource) => resource.name === name);

  const { NODE_OPTIONS: options, ...variables } = Object(Object(found?.properties['Environment']).Variables);
  expect(options).toBe('--enable-source-maps');
  expect(Object.keys(variables).toSorted()).toEqual(expected);
});
