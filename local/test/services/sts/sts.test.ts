import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  type AssumeRoleCommandInput,
} from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { failureOf } from '../s3/serveS3.ts';
import { ACCOUNT, ROLE, ROLE_ARN, serveSts } from './serveSts.ts';

type Cloud = Awaited<ReturnType<typeof serveSts>>;

const BUCKET = {
  name: 'bucket',
  lifecycleRules: [],
  versioned: true,
  eventBridge: false,
  queueConfigurations: [],
  policy: {
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::bucket/facts/*',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': ROLE_ARN } },
      },
    ],
  },
};

const put = (Key: string) => new PutObjectCommand({ Bucket: 'bucket', Key, Body: 'x' });

async function assume({ asSts }: Cloud, input: Partial<AssumeRoleCommandInput> = {}) {
  const answer = await asSts(ACCOUNT).send(
    new AssumeRoleCommand({ RoleArn: ROLE_ARN, RoleSessionName: 'me', ...input }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
  return {
    answer,
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    },
  };
}

describe('a role that trusts the account', () => {
  test('gives credentials of its own, which say whose they are', async () => {
    const cloud = await serveSts();
    cloud.sts.define(ROLE);

    const { answer, credentials } = await assume(cloud);

    expect(answer.AssumedRoleUser).toEqual({
      Arn: 'arn:aws:sts::111111111111:assumed-role/eraser/me',
      AssumedRoleId: 'AROAEXAMPLE:me',
    });
    expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(answer.Credentials?.Expiration?.getTime()).toBeGreaterThan(cloud.clock.now() + 3_590_000);
    expect(await cloud.asSts(credentials).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '111111111111',
      Arn: 'arn:aws:sts::111111111111:assumed-role/eraser/me',
      UserId: 'AROAEXAMPLE:me',
    });
  });

  test('is told from the account by the policy of a bucket', async () => {
    const cloud = await serveSts();
    cloud.sts.define(ROLE);
    cloud.s3.define(BUCKET);
    const { credentials } = await assume(cloud);

    const refused = await failureOf(cloud.asS3(ACCOUNT).send(put('facts/1')));

    expect(refused).toEqual({ name: 'AccessDenied', status: 403 });
    await cloud.asS3(credentials).send(put('facts/1'));
    await cloud.asS3(ACCOUNT).send(put('other/1'));
  });

  test('gives credentials that a restart leaves valid, and that end', async () => {
    const folder = temporaryFolder();
    const before = await serveSts(folder);
    before.sts.define(ROLE);
    const { credentials } = await assume(before, { DurationSeconds: 900 });
    before.stop();
    const cloud = await serveSts(folder);
    cloud.s3.define(BUCKET);
    await cloud.asS3(credentials).send(put('facts/1'));

    cloud.clock.advance(900_000);

    const read = new GetObjectCommand({ Bucket: 'bucket', Key: 'facts/1' });
    expect(await failureOf(cloud.asS3(credentials).send(read))).toEqual({
      name: 'ExpiredToken',
      status: 400,
    });
    expect(await failureOf(cloud.asSts(credentials).send(new GetCallerIdentityCommand({})))).toEqual({
      name: 'ExpiredToken',
      status: 403,
    });
  });
});

test('credentials without their session token are refused', async () => {
  const cloud = await serveSts();
  cloud.sts.define(ROLE);
  cloud.s3.define(BUCKET);
  const { credentials } = await assume(cloud);
  const { accessKeyId, secretAccessKey } = credentials;

  const refused = await failureOf(cloud.asS3({ accessKeyId, secretAccessKey }).send(put('other/1')));

  expect(refused.status).toBe(403);
});

test('the account itself has a name', async () => {
  const cloud = await serveSts();

  expect(await cloud.asSts(ACCOUNT).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: 'arn:aws:iam::111111111111:root',
    UserId: '111111111111',
  });
});

const trust = (statement: object) => ({
  ...ROLE,
  trustPolicy: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] },
});

describe('a role is refused', () => {
  test.each([
    ['that does not exist', null],
    ['that trusts a service alone', trust({ Principal: { Service: 'lambda.amazonaws.com' } })],
    ['that trusts another account', trust({ Principal: { AWS: '222222222222' } })],
    ['that denies the account', trust({ Effect: 'Deny', Principal: '*' })],
  ])('%s', async (_which, role) => {
    const cloud = await serveSts();
    if (role !== null) cloud.sts.define(role);

    await expect(assume(cloud)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::111111111111:root is not authorized to perform: sts:AssumeRole on resource: ${ROLE_ARN}`,
    });
  });

  test('that has left the template', async () => {
    const cloud = await serveSts();
    cloud.sts.define(ROLE);
    cloud.sts.remove('eraser');

    await expect(assume(cloud)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test.each<[string, Partial<AssumeRoleCommandInput>, string, RegExp]>([
    [
      'a session without a name',
      { RoleSessionName: undefined },
      'ValidationError',
      /'roleSessionName'.*not be null/,
    ],
    [
      'a name with a space',
      { RoleSessionName: 'a b' },
      'ValidationError',
      /Value 'a b' at 'roleSessionName'/,
    ],
    ['a minute', { DurationSeconds: 60 }, 'ValidationError', /greater than or equal to 900/],
    ['a day', { DurationSeconds: 86_400 }, 'ValidationError', /less than or equal to 43200/],
    [
      'more than the role allows',
      { DurationSeconds: 7_200 },
      'ValidationError',
      /exceeds the MaxSessionDuration/,
    ],
    [
      'a policy for the session',
      { Policy: '{}' },
      'NotImplemented',
      /AssumeRole with Policy is not supported/,
    ],
    ['tags', { Tags: [{ Key: 'a', Value: 'b' }] }, 'NotImplemented', /AssumeRole with Tags is not supported/],
  ])('to %s', async (_what, input, name, message) => {
    const cloud = await serveSts();
    cloud.sts.define(ROLE);

    await expect(assume(cloud, input)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  test('with a condition, which is not evaluated', async () => {
    const cloud = await serveSts();
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    cloud.sts.define(trust({ Principal: { AWS: '111111111111' }, Condition }));

    await expect(assume(cloud)).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});
