import { describe, expect, test } from 'vitest';
import { checkTemplate } from '../../../infra/checks/checkTemplate.ts';
import { EVERYTHING_OFF, EVERYTHING_ON, NOW_SECONDS } from '../support/contexts.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';
import { changeTemplate, type Template } from './changeTemplate.ts';

const { text } = await synthesizeApp({ context: EVERYTHING_ON, nowSeconds: NOW_SECONDS });

test.each([
  ['as it is', {}],
  ['with everything on', EVERYTHING_ON],
  ['with everything off', EVERYTHING_OFF],
  [
    'with approvers of a user pool',
    {
      approvers: 'cognito:eu-central-1_AbCdEfGhI,client1',
      approverGroup: 'approvers',
      selfApproval: 'refused',
    },
  ],
  ['with approvers of an issuer', { approvers: 'oidc:https://login.example.com,web' }],
  ['with one long wait', { deadlineHours: 8736, reminderHours: 8736 }],
  ['with as many reminders as there may be', { deadlineHours: 8700, reminderHours: 87 }],
  ['with the shortest wait', { deadlineHours: 0.003, reminderHours: 0.003 }],
])('finds nothing in the template %s', async (_how, context) => {
  const app = await synthesizeApp({ context, nowSeconds: NOW_SECONDS });

  expect(checkTemplate(JSON.parse(app.text))).toEqual([]);
});

/** A dangerous change of the template, and the sentence that says so. */
type Danger = readonly [what: string, change: (template: Template) => void, sentence: RegExp];

const WORKFLOW: readonly Danger[] = [
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

const API: readonly Danger[] = [
  [
    'publishing with an API key',
    (t) => t.schema(' @aws_iam\n}', '\n}'),
    /An API key reaches Mutation.publishOrderStatus/,
  ],
  [
    'a new field that an API key reads',
    (t) =>
      t.schema(
        'type Order @aws_api_key @aws_iam {',
        'type Order @aws_api_key @aws_iam {\n  taskToken: String',
      ),
    /An API key reaches Order.taskToken/,
  ],
  [
    'a type that clients cannot read any more',
    (t) => t.schema('type Decision @aws_api_key @aws_iam', 'type Decision @aws_iam'),
    /An API key does not reach Decision.kind/,
  ],
  [
    'a schema that AppSync cannot read',
    (t) => t.schema('type Decision', 'type type Decision'),
    /The schema is not valid/,
  ],
  [
    'a field without a resolver',
    (t) => t.schema('type Query {', 'type Query {\n  health: String @aws_iam'),
    /Query.health has no resolver/,
  ],
  [
    'a resolver without a field',
    (t) => t.each('AWS::AppSync::Resolver', (p) => void (p.FieldName = `${p.FieldName}2`)),
    /resolver of Query.order2/,
  ],
  [
    'requests in the log',
    (t) => t.each('AWS::AppSync::GraphQLApi', (p) => void (p.LogConfig.ExcludeVerboseContent = false)),
    /headers and what users wrote/,
  ],
  [
    'another way into the API',
    (t) =>
      t.each('AWS::AppSync::GraphQLApi', (p) =>
        p.AdditionalAuthenticationProviders.push({ AuthenticationType: 'AWS_LAMBDA' }),
      ),
    /lets in by API_KEY and AWS_IAM and AWS_LAMBDA/,
  ],
];

const ROLES: readonly Danger[] = [
  ['every action', (t) => t.allow('*', '*'), /may \* \*/],
  ['every object', (t) => t.allow('s3:GetObject', 'arn:aws:s3:::*'), /may s3:GetObject arn:aws:s3:::\*/],
  [
    'every action of S3',
    (t) => t.allow('s3:*', { 'Fn::GetAtt': ['OrdersBucket807B649C', 'Arn'] }),
    /may s3:\*/,
  ],
  [
    'every mutation',
    (t) => t.allow('appsync:GraphQL', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['ApiF1A3B7F9', 'Arn'] }, '/*']] }),
    /may appsync:GraphQL/,
  ],
  ['becoming another role', (t) => t.allow('sts:AssumeRole', '*'), /may sts:AssumeRole/],
  [
    'a policy that AWS manages',
    (t) =>
      t.each(
        'AWS::IAM::Role',
        (p) => void (p.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess']),
      ),
    /has a policy that AWS manages/,
  ],
  [
    'a role for everyone',
    (t) =>
      t.each(
        'AWS::IAM::Role',
        (p) => void (p.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' }),
      ),
    /can be assumed by/,
  ],
  [
    'deleting old versions of records',
    (t) => t.allow('s3:DeleteObjectVersion', facts('requests/*.json')),
    /may s3:DeleteObjectVersion <OrdersBucket.Arn>/,
  ],
  [
    'forgetting for another account',
    (t) =>
      t.each('AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        if (Statement[0].Principal.AWS !== undefined) Statement[0].Principal = { AWS: '222222222222' };
      }),
    /OrdersForgetRole can be assumed by/,
  ],
  [
    'a function that forgets',
    (t) =>
      t.each('AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        if (Statement[0].Principal.AWS !== undefined)
          Statement[0].Principal = { Service: 'lambda.amazonaws.com' };
      }),
    /OrdersForgetRole can be assumed by/,
  ],
  [
    'a function that people can be',
    (t) =>
      t.each('AWS::IAM::Role', ({ AssumeRolePolicyDocument: { Statement } }) => {
        if (Statement[0].Principal.Service === 'lambda.amazonaws.com') Statement[0].Principal = ACCOUNT;
      }),
    /ApiConfirmOrderRole can be assumed by/,
  ],
  [
    'a role that forgets everything',
    (t) =>
      t.each('AWS::IAM::Role', ({ Policies = [] }) => {
        for (const { PolicyName, PolicyDocument } of Policies)
          if (PolicyName === 'Forget') PolicyDocument.Statement[0].Resource = facts('*');
      }),
    /OrdersForgetRole may s3:DeleteObjectVersion <OrdersBucket.Arn>\/\*/,
  ],
  [
    'one role for all functions',
    (t) => t.each('AWS::Lambda::Function', (p) => void (p.Role = 'one')),
    /is the role of two functions/,
  ],
  [
    'a function that anybody may call',
    (t) => t.add(permission({ Principal: '*' })),
    /lets \* call a function/,
  ],
  [
    'a function that any rule may call',
    (t) => t.add(permission({ Principal: 'events.amazonaws.com' })),
    /lets events.amazonaws.com call a function/,
  ],
];

const facts = (keys: string) => ({
  'Fn::Join': ['', [{ 'Fn::GetAtt': ['OrdersBucket807B649C', 'Arn'] }, `/${keys}`]],
});
const ACCOUNT = {
  AWS: {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
  },
};

const permission = (who: object) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'any', ...who },
});

const STORAGE: readonly Danger[] = [
  [
    'facts that are written twice',
    (t) => t.dropStatement('AWS::S3::BucketPolicy', 'FactsAreWrittenOnce'),
    /lets requests\/ be written twice/,
  ],
  [
    'facts that are deleted',
    (t) => t.dropStatement('AWS::S3::BucketPolicy', 'FactsAreNotDeleted'),
    /lets decisions\/ be deleted/,
  ],
  ...(['FactsAreWrittenOnce', 'FactsAreNotDeleted'] as const).map((sid): Danger => [
    `${sid}, but for every role`,
    (t) =>
      t.each('AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        for (const { Sid, Condition } of PolicyDocument.Statement)
          if (Sid === sid) Condition.ArnNotEquals['aws:PrincipalArn'] = 'arn:aws:iam::*:role/*';
      }),
    sid === 'FactsAreWrittenOnce' ? /lets requests\/ be written twice/ : /lets decisions\/ be deleted/,
  ]),
  [
    'plain HTTP',
    (t) => t.dropStatement('AWS::S3::BucketPolicy', 'OnlyOverTls'),
    /can be reached without TLS/,
  ],
  [
    'a bucket for everyone',
    (t) =>
      t.each('AWS::S3::BucketPolicy', (p) =>
        p.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: '*',
        }),
      ),
    /lets everyone in/,
  ],
  [
    'a bucket that may become public',
    (t) =>
      t.each('AWS::S3::Bucket', (p) => void (p.PublicAccessBlockConfiguration.BlockPublicPolicy = false)),
    /may become public/,
  ],
  [
    'a bucket without encryption',
    (t) => t.each('AWS::S3::Bucket', (p) => void delete p.BucketEncryption),
    /is not encrypted/,
  ],
  [
    'records without versions',
    (t) => t.each('AWS::S3::Bucket', (p) => void delete p.VersioningConfiguration),
    /keeps no versions/,
  ],
  ['records that go with the stack', (t) => t.keep('AWS::S3::Bucket', 'Delete'), /goes with the stack/],
  [
    'facts that expire',
    (t) =>
      t.each('AWS::S3::Bucket', (p) =>
        p.LifecycleConfiguration.Rules.push({ Status: 'Enabled', Prefix: '', ExpirationInDays: 30 }),
      ),
    /expires "", and facts with it/,
  ],
  [
    'a queue without encryption',
    (t) => t.each('AWS::SQS::Queue', (p) => void delete p.KmsMasterKeyId),
    /DeadLettersQueue is not encrypted/,
  ],
  [
    'a key that everyone may use',
    (t) => t.each('AWS::KMS::Key', (p) => void (p.KeyPolicy.Statement[0].Principal = '*')),
    /The policy of Key lets everyone in/,
  ],
  [
    'a key that is never rotated',
    (t) => t.each('AWS::KMS::Key', (p) => void delete p.EnableKeyRotation),
    /Key is never rotated/,
  ],
  [
    'a topic over plain HTTP',
    (t) => t.dropStatement('AWS::SNS::TopicPolicy', 'OnlyOverTls'),
    /AlarmsTopic can be reached without TLS/,
  ],
];

const REST: readonly Danger[] = [
  [
    'the API key in an output',
    (t) => t.output('Key', { 'Fn::GetAtt': ['ApiKey98DDBCF8', 'ApiKey'] }),
    /The API key is in the output Key/,
  ],
  [
    'the API key in a variable',
    (t) => t.variable('GRAPHQL_URL', { 'Fn::GetAtt': ['ApiKey98DDBCF8', 'ApiKey'] }),
    /The API key is in/,
  ],
  [
    'a key of AWS in a variable',
    (t) => t.variable('GRAPHQL_URL', 'AKIAIOSFODNN7EXAMPLE'),
    /There is a secret in/,
  ],
  ['an unknown variable', (t) => t.variable('NODE_OPTIONS', '--inspect'), /has the variable NODE_OPTIONS/],
  [
    'an address of a function',
    (t) => t.add({ Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } }),
    /is AWS::Lambda::Url, which is not on the list/,
  ],
  [
    'an event without a dead-letter queue',
    (t) => t.each('AWS::Events::Rule', (p) => void delete p.Targets[0].DeadLetterConfig),
    /loses an event/,
  ],
  [
    'a dead-letter queue for two queues',
    (t) =>
      t.each('AWS::SQS::Queue', ({ RedrivePolicy }) => {
        if (RedrivePolicy !== undefined)
          RedrivePolicy.deadLetterTargetArn = {
            'Fn::GetAtt': ['SafetyNetExecutionsDeadLettersQueue8CB5C9CA', 'Arn'],
          };
      }),
    /ExecutionEnded shares its dead-letter queue/,
  ],
  [
    'a log that is kept without an end',
    (t) => t.each('AWS::Logs::LogGroup', (p) => void delete p.RetentionInDays),
    /keeps its lines without an end/,
  ],
  [
    'an alarm without an action',
    (t) => t.each('AWS::CloudWatch::Alarm', (p) => void delete p.AlarmActions),
    /has no action/,
  ],
  [
    'a function that outlives its resolver',
    (t) => t.each('AWS::Lambda::Function', (p) => void (p.Timeout = 60)),
    /may outlive its resolver/,
  ],
  [
    'an old runtime',
    (t) => t.each('AWS::Lambda::Function', (p) => void (p.Runtime = 'nodejs18.x')),
    /runs on nodejs18.x/,
  ],
];

describe.each([
  ['the workflow', WORKFLOW],
  ['the API', API],
  ['the roles', ROLES],
  ['what is stored', STORAGE],
  ['everything else', REST],
] as const)('a dangerous change of %s is found', (_part, dangers) => {
  test.each(dangers)('%s', (_what, change, sentence) => {
    const problems = checkTemplate(changeTemplate(text, change));

    expect(problems.join('\n')).toMatch(sentence);
  });
});

test('an API key that decides beside signed-in approvers is found', async () => {
  const { text: signedIn } = await synthesizeApp({
    context: { approvers: 'oidc:https://login.example.com,web' },
  });

  const problems = checkTemplate(
    changeTemplate(signedIn, (template) =>
      template.each('AWS::AppSync::GraphQLSchema', (properties) => {
        properties.Definition = properties.Definition.replace(
          /(confirmOrder\([\s\S]*?\): Order)/,
          '$1 @aws_api_key',
        );
      }),
    ),
  );

  expect(problems.join('\n')).toContain('An API key reaches Mutation.confirmOrder');
});
