import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { configurationPage } from '../../infra/settings/configurationPage.ts';
import { SETTINGS, type SettingName } from '../../infra/settings/table.ts';
import { evaluateStacks } from '../../local/cloud/assembly/evaluateStacks.ts';
import { readAssembly } from '../../local/cloud/assembly/readAssembly.ts';
import { resourcesOf, theOnly, type PlainTemplate } from '../../infra/checks/plainTemplate.ts';
import { EVERYTHING_ON, NOW_SECONDS, synthesizeApp, type Synthesized } from '../support/synthesizeApp.ts';

const plain = await synthesizeApp();

type Case = {
  readonly given: unknown;
  /** Other settings that this one needs. */
  readonly beside?: Readonly<Record<string, unknown>>;
  readonly seen: (synthesized: Synthesized) => unknown;
  readonly as: unknown;
};

const properties = (template: PlainTemplate, type: string, name: string): readonly unknown[] =>
  resourcesOf(template, type).map((resource) => resource.properties[name]);
const theApi = ({ template }: Synthesized) => theOnly(template, 'AWS::AppSync::GraphQLApi');
const waitOf = ({ template }: Synthesized): Record<string, unknown> =>
  JSON.parse(String(theOnly(template, 'AWS::StepFunctions::StateMachine')['DefinitionString'])).States
    .WaitForConfirmation;
const manifestOf = ({ folder }: Synthesized) =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).artifacts;

/** The functions with this variable, and its value. */
const functionsWith = ({ template }: Synthesized, variable: string) =>
  Object.fromEntries(
    resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ name, properties: { Environment } }) => {
      const value = Object(Object(Environment).Variables)[variable];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Parts of the definition of the workflow, which has tests of its own. */
const OF_THE_WORKFLOW = ['workRetries', 'workTimeoutSeconds'] as const;

/** A value of each setting and where it is seen. */
const CASES: Readonly<Record<Exclude<SettingName, (typeof OF_THE_WORKFLOW)[number]>, Case>> = {
  stage: {
    given: 'dev',
    seen: ({ template }) => theOnly(template, 'AWS::AppSync::GraphQLApi')['Name'],
    as: 'Countersign-dev',
  },
  deadlineHours: { given: 24, seen: (app) => waitOf(app)['TimeoutSeconds'], as: 86_400 },
  reminderHours: { given: 12, seen: (app) => waitOf(app)['TimeoutSeconds'], as: 43_200 },
  apiKeyExpires: {
    given: '2027-06-30',
    seen: ({ template }) => theOnly(template, 'AWS::AppSync::ApiKey')['Expires'],
    as: 1_814_313_600,
  },
  secondApiKeyExpires: {
    given: '2027-06-30',
    seen: ({ template }) => properties(template, 'AWS::AppSync::ApiKey', 'Expires'),
    as: [undefined, 1_814_313_600],
  },
  approvers: {
    given: 'oidc:https://login.example.com,web.app',
    seen: (app) => [
      theApi(app)['AdditionalAuthenticationProviders'],
      properties(app.template, 'AWS::AppSync::GraphQLSchema', 'Definition').every((definition) =>
        String(definition).includes('@aws_oidc'),
      ),
    ],
    as: [
      [
        { AuthenticationType: 'AWS_IAM' },
        {
          AuthenticationType: 'OPENID_CONNECT',
          OpenIDConnectConfig: { ClientId: String.raw`^web\.app$`, Issuer: 'https://login.example.com' },
        },
      ],
      true,
    ],
  },
  approverGroup: {
    given: 'approvers',
    beside: { approvers: 'cognito:eu-central-1_AbCdEfGhI,client1' },
    seen: (app) => functionsWith(app, 'APPROVER_GROUP'),
    as: { 'api/cancelOrder': 'approvers', 'api/confirmOrder': 'approvers' },
  },
  selfApproval: {
    given: 'refused',
    seen: (app) => functionsWith(app, 'SELF_APPROVAL'),
    as: { 'api/confirmOrder': 'refused' },
  },
  introspection: { given: 'off', seen: (app) => theApi(app)['IntrospectionConfig'], as: 'DISABLED' },
  queryDepthLimit: { given: 8, seen: (app) => theApi(app)['QueryDepthLimit'], as: 8 },
  resolverCountLimit: { given: 3, seen: (app) => theApi(app)['ResolverCountLimit'], as: 3 },
  wafRateLimit: {
    given: 2000,
    seen: ({ template }) => [
      Object(Object(theOnly(template, 'AWS::WAFv2::WebACL')['Rules'])[0]).Statement,
      theOnly(template, 'AWS::WAFv2::WebACLAssociation')['ResourceArn'],
    ],
    as: [
      { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 2000 } },
      '<Api.Arn>',
    ],
  },
  reservedConcurrency: {
    given: 4,
    // No more from a queue at a time, or Lambda throttles what SQS then counts as received.
    seen: ({ template }) => [
      ...new Set(properties(template, 'AWS::Lambda::Function', 'ReservedConcurrentExecutions')),
      ...properties(template, 'AWS::Lambda::EventSourceMapping', 'ScalingConfig'),
    ],
    as: [4, { MaximumConcurrency: 4 }, { MaximumConcurrency: 4 }],
  },
  tracing: {
    given: 'off',
    seen: ({ template, text }) => [
      new Set(properties(template, 'AWS::Lambda::Function', 'TracingConfig')),
      /xray/i.test(text),
    ],
    as: [new Set([undefined]), false],
  },
  logRetentionDays: {
    given: 365,
    seen: ({ template }) => [...new Set(properties(template, 'AWS::Logs::LogGroup', 'RetentionInDays'))],
    as: [365],
  },
  statusEvents: {
    given: 'on',
    seen: (app) => [
      Object.keys(functionsWith(app, 'EVENTS_URL')).toSorted().join(),
      new Set(Object.values(functionsWith(app, 'EVENTS_URL'))),
    ],
    as: [
      Object.keys(functionsWith(plain, 'GRAPHQL_URL')).toSorted().join(),
      new Set(['https://events.<AWS::Region>.<AWS::URLSuffix>/']),
    ],
  },
  alarmEmail: {
    given: 'on-call@example.com',
    seen: ({ template }) => [
      theOnly(template, 'AWS::SNS::Subscription'),
      new Set(properties(template, 'AWS::CloudWatch::Alarm', 'AlarmActions').flat()),
    ],
    as: [
      {
        TopicArn: '<AlarmsTopic>',
        Protocol: 'email',
        Endpoint: 'on-call@example.com',
      },
      new Set(['<AlarmsTopic.TopicArn>']),
    ],
  },
  customerManagedKey: {
    given: 'on',
    seen: ({ template }) => [
      new Set(
        properties(template, 'AWS::S3::Bucket', 'BucketEncryption').map((encryption) =>
          JSON.stringify(Object(encryption).ServerSideEncryptionConfiguration),
        ),
      ),
      new Set(properties(template, 'AWS::SQS::Queue', 'KmsMasterKeyId')),
      new Set(properties(template, 'AWS::Logs::LogGroup', 'KmsKeyId')),
    ],
    as: [
      new Set([
        '[{"BucketKeyEnabled":true,"ServerSideEncryptionByDefault":{"KMSMasterKeyID":"<Key.Arn>","SSEAlgorithm":"aws:kms"}}]',
      ]),
      new Set(['<Key.Arn>']),
      new Set(['<Key.Arn>']),
    ],
  },
  removalPolicy: {
    given: 'destroy',
    seen: ({ template }) =>
      template.resources.map(({ deletionPolicy }) => deletionPolicy).includes('RetainExceptOnCreate'),
    as: false,
  },
  page: {
    given: 'on',
    seen: (app) => [app.text === plain.text, Object.keys(manifestOf(app)).includes('CountersignPage')],
    as: [true, true],
  },
  terminationProtection: {
    given: 'on',
    seen: (app) => manifestOf(app).Countersign.properties.terminationProtection,
    as: true,
  },
  tags: {
    given: 'team=orders',
    seen: ({ template }) => [
      theOnly(template, 'AWS::StepFunctions::StateMachine')['Tags'],
      new Set(properties(template, 'AWS::S3::Bucket', 'Tags').map((tags) => JSON.stringify(tags))),
    ],
    as: [[{ Key: 'team', Value: 'orders' }], new Set(['[{"Key":"team","Value":"orders"}]'])],
  },
};

describe.each(Object.entries(CASES))('%s', (name, { given, beside, seen, as }) => {
  test('reaches the stack, and the local cloud understands it', async () => {
    const set = await synthesizeApp({ context: { ...beside, [name]: given }, nowSeconds: NOW_SECONDS });

    expect(seen(set)).toEqual(as);
    expect(
      evaluateStacks(readAssembly(set.folder), { port: 4000, apiKey: () => 'da2-local' })[0]?.resources,
    ).toHaveLength(set.template.resources.length);
  });
});

/** What CloudFormation refuses to make twice in one account and region, and where metrics are kept apart. */
const GIVEN_NAMES = /^(\w+Name|Namespace)$/;
const NOT_OURS = /^AWS\/|<(?!AWS::)/; // metrics of AWS, and names with a resource of the stack in them

/** The names anywhere in a value. */
const namesIn = (value: unknown): readonly string[] =>
  Object.entries(Object(value)).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (GIVEN_NAMES.test(name) ? [inner] : []) : namesIn(inner),
  );

test('two stages of one account share no name and no metric', async () => {
  const namesOf = ({ template }: Synthesized) =>
    template.resources
      // Names inside of one API, and of one role; metrics of an alarm are in a namespace.
      .filter(({ type }) => !/^AWS::(AppSync|IAM)::/.test(type))
      .flatMap(({ type, properties: { MetricName, ...others } }) =>
        namesIn(type === 'AWS::CloudWatch::Alarm' ? others : { MetricName, ...others }),
      )
      .filter((name) => !NOT_OURS.test(name));
  const on = { ...EVERYTHING_ON, page: 'off' };
  const dev = namesOf(await synthesizeApp({ context: on, nowSeconds: NOW_SECONDS }));
  const other = namesOf(await synthesizeApp({ context: { ...on, stage: 'test' }, nowSeconds: NOW_SECONDS }));

  expect(dev).toContain('/aws/vendedlogs/states/Countersign-dev');
  expect(dev).toContain('Countersign-dev-RequestsOfOneAddress');
  expect(other.filter((name) => dev.includes(name))).toEqual([]);
});

test('no setting changes the template by a byte when it is given its default', async () => {
  const defaults = Object.entries(SETTINGS).map(([name, { byDefault }]) => [name, byDefault]);

  const set = await synthesizeApp({ context: Object.fromEntries(defaults) });

  expect(set.text).toBe(plain.text);
});

test('every setting has a case here', () => {
  expect([...Object.keys(CASES), ...OF_THE_WORKFLOW].toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
});

test('docs/configuration.md is what the table of settings says', async () => {
  const file = join(import.meta.dirname, '../../docs/configuration.md');

  const page = await format(configurationPage(), { ...(await resolveConfig(file)), parser: 'markdown' });

  // `node infra/settings/writeConfigurationPage.ts` writes it anew.
  expect(readFileSync(file, 'utf8')).toBe(page);
});
