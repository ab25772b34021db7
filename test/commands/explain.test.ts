import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explain } from '../../commands/explain.ts';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';

const OUTPUTS = {
  GraphQLUrl: 'https://abc.appsync-api.eu-central-1.amazonaws.com/graphql',
  RealtimeUrl: 'wss://abc.appsync-realtime-api.eu-central-1.amazonaws.com/graphql',
  ApiId: 'abc',
  StateMachineArn: 'arn:aws:states:eu-central-1:111111111111:stateMachine:Orders',
  BucketName: 'records',
  WaitingBucketName: 'waiting',
  ForgetRoleArn: 'arn:aws:iam::111111111111:role/forget',
  DeadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111111111111:dead',
  ExecutionsQueueArn: 'arn:aws:sqs:eu-central-1:111111111111:executions',
  ExecutionsDeadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111111111111:dead-executions',
};

/** The environment of a person who is not signed in to AWS. */
const SIGNED_OUT = {
  PATH: process.env['PATH'],
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
};

test.each([
  ['redrive', ['--outputs', 'FILE']],
  ['redrive', ['--outputs', 'FILE', 'order-1']],
  ['forget', ['--outputs', 'FILE', 'order-1']],
  ['page', ['FILE']],
  ['parity', ['FILE']],
  ['destroy', ['--outputs', 'FILE']],
  ['deploy', ['--region', 'eu-central-1', '-c', 'apiKeyExpires=trial']],
  ['diff', ['--region', 'eu-central-1']],
])('npm run %s %j without credentials says so in one sentence', (name, words) => {
  const file = join(temporaryFolder(), 'outputs.json');
  writeFileSync(file, JSON.stringify({ Countersign: OUTPUTS }));

  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, '../../commands', `${name}.ts`),
      ...words.map((word) => (word === 'FILE' ? file : word)),
    ],
    { encoding: 'utf8', env: SIGNED_OUT },
  );

  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'No AWS credentials were found: sign in, or set AWS_PROFILE.\n',
  });
});

test('a profile that does not exist is named', () => {
  const file = join(temporaryFolder(), 'outputs.json');
  writeFileSync(file, JSON.stringify({ Countersign: OUTPUTS }));

  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../../commands/redrive.ts'), '--outputs', file],
    { encoding: 'utf8', env: { ...SIGNED_OUT, AWS_PROFILE: 'prdo' } },
  );

  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      'No AWS credentials were found for the profile "prdo": sign in with it, or set AWS_PROFILE to another one.\n',
  });
});

test.each(['redrive', 'destroy'])('npm run %s says so when the outputs are of a local cloud', (name) => {
  const file = join(temporaryFolder(), 'outputs.json');
  const local = { GraphQLUrl: 'http://localhost:4000/graphql', RealtimeUrl: 'ws://localhost:4000/x' };
  writeFileSync(file, JSON.stringify({ Countersign: { ...OUTPUTS, ...local } }));

  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../../commands', `${name}.ts`), '--outputs', file],
    { encoding: 'utf8', env: SIGNED_OUT },
  );

  expect(status).toBe(1);
  expect(stderr).toBe(
    name === 'redrive'
      ? `${file} is of a local cloud, and its credentials are not beside it: name the outputs.json in the data folder of the local cloud.\n`
      : `${file} is of a local cloud: stop it and delete its data folder. npm run destroy removes a stack on AWS.\n`,
  );
});

test('a refusal of AWS and a network without AWS are sentences, a bug is none', () => {
  const refused = Object.assign(new Error('not authorized.'), { name: 'AccessDenied', $metadata: {} });
  const expired = Object.assign(new Error('It has expired'), {
    name: 'ExpiredTokenException',
    $metadata: {},
  });
  const busy = Object.assign(new Error('There is already a task running.'), {
    name: 'UnsupportedOperation',
    $metadata: {},
  });
  const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });

  const fetched = new TypeError('fetch failed', { cause: unreachable });
  const late = new DOMException('The operation was aborted due to timeout', 'TimeoutError');

  expect(
    [refused, expired, busy, unreachable, fetched, late, new TypeError('x is undefined')].map(explain),
  ).toEqual([
    'AWS refused with AccessDenied: not authorized. Check that AWS_PROFILE is of the account in outputs.json and may do this.',
    'AWS refused with ExpiredTokenException: It has expired. Sign in again, or set AWS_PROFILE to another profile.',
    'AWS refused with UnsupportedOperation: There is already a task running. Run the command again later.',
    'AWS cannot be reached (getaddrinfo ENOTFOUND). Check the network and the region.',
    'AWS cannot be reached (getaddrinfo ENOTFOUND). Check the network and the region.',
    'AWS cannot be reached (The operation was aborted due to timeout). Check the network and the region.',
    undefined,
  ]);
});
