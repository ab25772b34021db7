import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resourcesOf, theOnly } from '../../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from '../../support/synthesizeApp.ts';

const { template } = await synthesizeApp();
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(({ properties }) => properties);

/** The metrics that the functions write, from their source: the template may name no other. */
const OWN_METRICS = [
  ...readFileSync(join(import.meta.dirname, '../../../functions/aws/metrics.ts'), 'utf8').matchAll(
    /^ {2}(\w+): '(?:Count|Seconds)',$/gm,
  ),
].map(([, name]) => name);

test('an alarm rings for everything that a person has to look at', () => {
  const watched = alarms.map(({ Namespace, MetricName, Dimensions, Threshold }) => [
    Namespace,
    MetricName,
    Object(Object(Dimensions)[0]).Value,
    Threshold,
  ]);

  expect(watched).toEqual([
    ['AWS/States', 'ExecutionsFailed', '<WorkflowStateMachine>', 1],
    ['AWS/States', 'ExecutionsAborted', '<WorkflowStateMachine>', 1],
    ['AWS/States', 'ExecutionsTimedOut', '<WorkflowStateMachine>', 1],
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', '<SafetyNetDeadLettersQueue.QueueName>', 1],
    ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', '<SafetyNetExecutionsDeadLettersQueue.QueueName>', 1],
    ['Countersign', 'WakeUpFailed', undefined, 1],
    ['Countersign', 'DecisionsResumed', undefined, 1],
    ['Countersign', 'PublishFailed', undefined, 1],
    ['Countersign', 'RequestsFailed', undefined, 1],
    ['AWS/AppSync', '5XXError', '<Api.ApiId>', 1],
    ['AWS/Lambda', 'Throttles', undefined, 10],
    ['AWS/States', 'ThrottledEvents', 'StartExecution', 10],
  ]);
});

test('silence is not an alarm', () => {
  expect(new Set(alarms.map(({ TreatMissingData }) => TreatMissingData))).toEqual(new Set(['notBreaching']));
});

test('the functions write every metric that an alarm or the dashboard names', () => {
  const named = [
    ...alarms.map(({ Namespace, MetricName }) => [Namespace, MetricName]),
    ...widgets().flatMap(({ properties }) => properties.metrics ?? []),
  ].filter(([namespace]) => namespace === 'Countersign');

  expect(named.length).toBeGreaterThan(OWN_METRICS.length);
  expect(new Set(named.map(([, metric]) => metric))).toEqual(new Set(OWN_METRICS));
});

test('the dashboard of a stage shows its metrics and every alarm', async () => {
  const dev = await synthesizeApp({ context: { stage: 'dev' } });
  const dashboard = theOnly(dev.template, 'AWS::CloudWatch::Dashboard');

  expect(dashboard['DashboardName']).toBe('Countersign-dev-<AWS::Region>');
  expect(dashboard['DashboardBody']).toContain('"Countersign/dev","PauseAge"');
  expect(String(dashboard['DashboardBody']).match(/<Alarms\w+\.Arn>/g)).toHaveLength(alarms.length);
  expect(
    resourcesOf(dev.template, 'AWS::CloudWatch::Alarm').some(
      ({ properties }) => properties['Namespace'] === 'Countersign',
    ),
  ).toBe(false);
});

test('two widgets never cover each other', () => {
  const places = widgets().map(({ x, y }) => `${x},${y}`);

  expect(places).toHaveLength(9);
  expect(new Set(places).size).toBe(9);
});

test('only alarms of this account may publish to the topic, over TLS', async () => {
  const told = await synthesizeApp({ context: { alarmEmail: 'on-call@example.com' } });

  expect(theOnly(told.template, 'AWS::SNS::TopicPolicy')['PolicyDocument']).toMatchObject({
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
      },
      { Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
  });
});

type Widget = {
  readonly x: number;
  readonly y: number;
  readonly properties: { readonly metrics?: readonly (readonly unknown[])[] };
};

function widgets(): readonly Widget[] {
  return JSON.parse(String(theOnly(template, 'AWS::CloudWatch::Dashboard')['DashboardBody'])).widgets;
}
