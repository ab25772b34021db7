import { describe, expect, test } from 'vitest';
import { resourcesOf, theOnly } from '../../infra/checks/plainTemplate.ts';
import { synthesizeApp } from '../support/synthesizeApp.ts';

const { template } = await synthesizeApp();
const queue = (name: string) =>
  resourcesOf(template, 'AWS::SQS::Queue').find((resource) => resource.name === `SafetyNet${name}Queue`)
    ?.properties;
const policyOf = (name: string): unknown => {
  const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy').map(({ properties }) => properties);
  const found = policies.find(({ Queues }) => JSON.stringify(Queues) === `["<SafetyNet${name}Queue>"]`);
  return found?.['PolicyDocument'];
};
const redriveTo = (name: string) => ({
  deadLetterTargetArn: `<SafetyNet${name}Queue.Arn>`,
  maxReceiveCount: 10,
});

describe('the queues of the safety net', () => {
  test.each([
    ['Records', 'recovery/recordsCreated', { MaximumBatchingWindowInSeconds: 5 }],
    ['Executions', 'recovery/executionEnded', {}],
  ])('%s feeds %s in batches of ten, which says what has to come again', (name, handler, window) => {
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(
      ({ properties }) => properties,
    );

    expect(mappings.find(({ FunctionName }) => FunctionName === `<${handler}>`)).toEqual({
      EventSourceArn: `<SafetyNet${name}Queue.Arn>`,
      FunctionName: `<${handler}>`,
      BatchSize: 10,
      ...window,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  test('records wait for 30 seconds, until an order that is well has moved on', () => {
    expect(queue('Records')).toMatchObject({ DelaySeconds: 30, RedrivePolicy: redriveTo('DeadLetters') });
  });

  test('executions that ended do not wait', () => {
    expect(queue('Executions')).toMatchObject({
      DelaySeconds: 0,
      RedrivePolicy: redriveTo('ExecutionsDeadLetters'),
    });
  });

  test.each(['Records', 'Executions'])(
    '%s hides a message for six times the time of its function and a window',
    (name) => {
      expect(queue(name)).toMatchObject({ VisibilityTimeout: 65 });
    },
  );

  test('all are encrypted and keep a message for 14 days', () => {
    const all = resourcesOf(template, 'AWS::SQS::Queue').map(({ properties }) => properties);

    expect(all).toHaveLength(4);
    for (const properties of all)
      expect(properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    for (const name of ['DeadLetters', 'ExecutionsDeadLetters'])
      expect(queue(name)).not.toHaveProperty('RedrivePolicy');
  });

  test('S3 may send for this account alone, so that bucket and queue do not name each other', () => {
    expect(policyOf('Records')).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Principal: { Service: 's3.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
        },
        { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
    });
  });

  test('SQS alone puts messages into the dead letters of records', () => {
    expect(policyOf('DeadLetters')).toMatchObject({ Statement: [{ Effect: 'Deny', Action: 'sqs:*' }] });
  });

  test.each(['Executions', 'ExecutionsDeadLetters'])(
    'EventBridge may send to %s for its rule alone',
    (name) => {
      expect(policyOf(name)).toMatchObject({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': '<SafetyNetExecutionEnded.Arn>' } },
          },
          { Effect: 'Deny', Action: 'sqs:*' },
        ],
      });
    },
  );
});

test('executions that no step ended are sent for a day, and then kept', () => {
  expect(theOnly(template, 'AWS::Events::Rule')).toEqual({
    EventPattern: {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: ['<WorkflowStateMachine>'], status: ['FAILED', 'ABORTED', 'TIMED_OUT'] },
    },
    Targets: [
      {
        Id: 'executions',
        Arn: '<SafetyNetExecutionsQueue.Arn>',
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
        DeadLetterConfig: { Arn: '<SafetyNetExecutionsDeadLettersQueue.Arn>' },
      },
    ],
  });
});

test('nothing but queues calls the functions behind them', () => {
  expect(resourcesOf(template, 'AWS::Lambda::Permission')).toEqual([]);
});
