import { expect, test } from 'vitest';
import { resourcesOf, theOnly } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from './support/synthesizeApp.ts';

const { template } = await synthesizeApp();
const QUEUE = '<SafetyNetDeadLetters.Arn>';

test.each([
  ['recovery/requestCreated', { 'detail-type': ['Object Created'], source: ['aws.s3'] }, 'requests/'],
  ['recovery/decisionCreated', { 'detail-type': ['Object Created'], source: ['aws.s3'] }, 'decisions/'],
])('%s hears of new objects', (handler, pattern, prefix) => {
  const [rule] = rulesOf(handler);

  expect(rule?.['EventPattern']).toMatchObject({
    ...pattern,
    detail: { bucket: { name: ['<OrdersBucket>'] }, object: { key: [{ prefix }] } },
  });
});

test('recovery/executionEnded hears of executions that no step ended', () => {
  const [rule] = rulesOf('recovery/executionEnded');

  expect(rule?.['EventPattern']).toMatchObject({
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: {
      stateMachineArn: ['<WorkflowStateMachine>'],
      status: ['FAILED', 'ABORTED', 'TIMED_OUT'],
    },
  });
});

test('an event is tried for a day, and then kept', () => {
  const targets = resourcesOf(template, 'AWS::Events::Rule').flatMap(
    ({ properties }) => properties['Targets'],
  );
  const configs = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig');

  expect(targets).toHaveLength(3);
  for (const target of targets) {
    expect(target).toMatchObject({
      RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      DeadLetterConfig: { Arn: QUEUE },
    });
  }
  expect(configs).toHaveLength(3);
  for (const { properties } of configs) {
    expect(properties).toMatchObject({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: QUEUE } },
    });
  }
});

test('only the rules may call the functions behind them', () => {
  const permissions = resourcesOf(template, 'AWS::Lambda::Permission').map(({ properties }) => [
    properties['FunctionName'],
    properties['Principal'],
    properties['SourceArn'],
  ]);

  expect(permissions).toEqual([
    ['<recovery/requestCreated>', 'events.amazonaws.com', '<SafetyNetRulerequestCreated.Arn>'],
    ['<recovery/decisionCreated>', 'events.amazonaws.com', '<SafetyNetRuledecisionCreated.Arn>'],
    ['<recovery/executionEnded>', 'events.amazonaws.com', '<SafetyNetRuleexecutionEnded.Arn>'],
  ]);
});

test('the dead-letter queue is encrypted, keeps for 14 days, and takes from the rules alone', () => {
  expect(theOnly(template, 'AWS::SQS::Queue')).toEqual({
    MessageRetentionPeriod: 1_209_600,
    SqsManagedSseEnabled: true,
  });
  expect(theOnly(template, 'AWS::SQS::QueuePolicy')['PolicyDocument']).toMatchObject({
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: {
          ArnEquals: {
            'aws:SourceArn': [
              '<SafetyNetRulerequestCreated.Arn>',
              '<SafetyNetRuledecisionCreated.Arn>',
              '<SafetyNetRuleexecutionEnded.Arn>',
            ],
          },
        },
      },
      { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ],
  });
});

function rulesOf(handler: string) {
  return resourcesOf(template, 'AWS::Events::Rule')
    .map(({ properties }) => properties)
    .filter(({ Targets }) => JSON.stringify(Targets).includes(`<${handler}.Arn>`));
}
