import { expect, test } from 'vitest';
import { createCloudWatch } from '../../../services/cloudWatch/createCloudWatch.ts';

const line = (values: object, directive: object = {}) =>
  JSON.stringify({
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        { Namespace: 'Shop', Dimensions: [[]], Metrics: [{ Name: 'Age', Unit: 'Seconds' }], ...directive },
      ],
    },
    ...values,
  });

test('adds up what functions log in the embedded metric format', () => {
  const cloudWatch = createCloudWatch();

  const taken = [4, 10, 7].map((Age) => cloudWatch.takeLogLine(line({ Age, orderId: 'order-1' })));

  expect(taken).toEqual([true, true, true]);
  expect(cloudWatch.statistics()).toEqual([
    {
      namespace: 'Shop',
      name: 'Age',
      unit: 'Seconds',
      dimensions: {},
      count: 3,
      sum: 21,
      minimum: 4,
      maximum: 10,
      latest: 7,
    },
  ]);
});

test('keeps each set of dimensions apart, and takes a list of values', () => {
  const cloudWatch = createCloudWatch();

  cloudWatch.takeLogLine(line({ Age: [1, 2], Shop: 'north' }, { Dimensions: [[], ['Shop']] }));

  expect(cloudWatch.statistics().map(({ dimensions, sum }) => [dimensions, sum])).toEqual([
    [{ Shop: 'north' }, 3],
    [{}, 3],
  ]);
});

test.each(['', 'hello', '{"_aws": 1}', '{"_aws', '[]', 'a line with "_aws" in it', '{"_aws":{}}'])(
  'leaves an ordinary line to the person who reads it: %s',
  (text) => {
    const cloudWatch = createCloudWatch();

    expect(cloudWatch.takeLogLine(text)).toBe(false);
    expect(cloudWatch.statistics()).toEqual([]);
  },
);

test('leaves out what is not a number', () => {
  const cloudWatch = createCloudWatch();

  expect(cloudWatch.takeLogLine(line({ Age: 'old' }))).toBe(true);
  expect(cloudWatch.statistics()).toEqual([]);
});

test.each([
  ['RUNNING', 'ExecutionsStarted'],
  ['SUCCEEDED', 'ExecutionsSucceeded'],
  ['FAILED', 'ExecutionsFailed'],
  ['ABORTED', 'ExecutionsAborted'],
  ['TIMED_OUT', 'ExecutionsTimedOut'],
])('counts an execution that becomes %s as %s, as Step Functions does', (status, name) => {
  const cloudWatch = createCloudWatch();

  cloudWatch.takeEvent({
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [],
    detail: { status, stateMachineArn: 'arn:machine' },
  });

  expect(cloudWatch.statistics()).toMatchObject([
    { namespace: 'AWS/States', name, dimensions: { StateMachineArn: 'arn:machine' }, count: 1 },
  ]);
});
