import { describe, expect, test } from 'vitest';
import { setUpS3 } from './serveS3.ts';

const ARN = 'arn:aws:s3:::bucket';

function policyOf(...statements: readonly object[]) {
  return {
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Deny', Principal: '*', ...statement })),
  };
}

const writeOnce = policyOf(
  {
    Sid: 'TlsOnly',
    Action: 's3:*',
    Resource: [ARN, `${ARN}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'DecideOnce',
    Action: 's3:PutObject',
    Resource: `${ARN}/decisions/*`,
    Condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
  },
  {
    Sid: 'NeverDelete',
    Principal: { AWS: '*' },
    Action: ['s3:DeleteObject*'],
    Resource: `${ARN}/decisions/*`,
  },
);

describe('a bucket policy', () => {
  test('lets nobody overwrite what must be written once', async () => {
    const { ask } = setUpS3({ policy: writeOnce });
    const put = (path: string, headers: Record<string, string> = {}) =>
      ask({ method: 'PUT', path, headers, body: 'x' });

    const refused = await put('/bucket/decisions/1.json');

    expect(refused.status).toBe(403);
    expect(refused.text).toContain('<Code>AccessDenied</Code>');
    expect(refused.text).toContain('explicit deny in a resource-based policy');
    expect((await put('/bucket/decisions/1.json', { 'if-match': '"abc"' })).status).toBe(403);
    expect((await put('/bucket/decisions/1.json', { 'if-none-match': '*' })).status).toBe(200);
    expect((await put('/bucket/decisions/1.json', { 'if-none-match': '*' })).status).toBe(412);
    expect((await put('/bucket/orders/1.json')).status).toBe(200);
    expect((await put('/bucket/decisions%2F2.json')).status).toBe(403);
    expect(
      (await put('/bucket/decisions/1.json', { 'x-amz-copy-source': 'bucket/orders/1.json' })).status,
    ).toBe(403);
    expect((await ask({ path: '/bucket/decisions/1.json' })).status).toBe(200);
  });

  test('is asked for every object of DeleteObjects', async () => {
    const { ask } = setUpS3({ policy: writeOnce });
    await ask({
      method: 'PUT',
      path: '/bucket/decisions/1.json',
      headers: { 'if-none-match': '*' },
      body: 'x',
    });
    const body = '<Delete><Object><Key>decisions/1.json</Key></Object><Object><Key>b</Key></Object></Delete>';
    const headers = { 'content-md5': 'x8c1sFb/p+3BeCjcXRF5BA==' };

    const alone = await ask({ method: 'DELETE', path: '/bucket/decisions/1.json' });
    const unverified = await ask({ method: 'POST', path: '/bucket?delete', body });
    const many = await ask({ method: 'POST', path: '/bucket?delete', body, headers });

    expect(alone.status).toBe(403);
    expect(unverified.text).toContain('<Code>InvalidRequest</Code>');
    expect(many.text).toContain('<Error><Key>decisions/1.json</Key><Code>AccessDenied</Code>');
    expect(many.text).toContain('<Deleted><Key>b</Key></Deleted>');
    expect((await ask({ path: '/bucket/decisions/1.json' })).status).toBe(200);
  });

  test.each([
    ['StringNotEquals', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }, 403, 200],
    [
      'StringEquals',
      { StringEquals: { 's3:x-amz-server-side-encryption': ['aws:kms', 'AES256'] } },
      200,
      403,
    ],
    ['StringLike', { StringLike: { 'S3:X-Amz-Server-Side-Encryption': 'aws:*' } }, 200, 403],
    [
      'StringNotEqualsIfExists',
      { StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
      403,
      200,
    ],
    ['Null', { Null: { 's3:x-amz-server-side-encryption': 'true' } }, 403, 200],
    ['Null for what is there', { Null: { 's3:x-amz-server-side-encryption': false } }, 200, 403],
    ['a TLS version', { NumericLessThan: { 's3:TlsVersion': 1.2 } }, 200, 200],
  ])('decides with %s', async (_name, Condition, without, withKms) => {
    const { ask } = setUpS3({ policy: policyOf({ Action: 's3:Put*', Resource: `${ARN}/?`, Condition }) });
    const put = (headers: Record<string, string>) =>
      ask({ method: 'PUT', path: '/bucket/k', headers, body: 'x' });

    expect((await put({})).status).toBe(without);
    expect((await put({ 'x-amz-server-side-encryption': 'aws:kms' })).status).toBe(withKms);
  });

  test.each([
    ['NotAction', { NotAction: 's3:GetObject', Resource: '*' }, 200, 403],
    ['NotResource', { Action: '*', NotResource: [`${ARN}/k`] }, 200, 403],
    ['the bucket', { Action: 's3:ListBucket', Resource: ARN }, 200, 403],
    [
      'a prefix',
      { Action: 's3:ListBucket', Resource: ARN, Condition: { StringNotLike: { 's3:prefix': 'a/*' } } },
      200,
      403,
    ],
  ])('denies by %s', async (_name, statement, read, list) => {
    const { ask, s3 } = setUpS3();
    await ask({ method: 'PUT', path: '/bucket/k', body: 'x' });
    s3.define({
      name: 'bucket',
      policy: policyOf(statement),
      lifecycleRules: [],
      versioned: false,
      eventBridge: false,
      queueConfigurations: [],
    });

    expect((await ask({ path: '/bucket/k' })).status).toBe(read);
    expect((await ask({ path: '/bucket?list-type=2' })).status).toBe(list);
  });

  test('may allow what it likes: the account may do everything already', async () => {
    const allow = {
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: '*',
    };
    const { ask } = setUpS3({
      policy: policyOf({ ...allow, Condition: { ArnLike: { 'aws:SourceArn': 'x' } } }),
    });

    expect((await ask({ method: 'PUT', path: '/bucket/k' })).status).toBe(200);
  });

  test.each([
    [
      { Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
      'aws:PrincipalOrgID',
    ],
    [{ Action: '*', Resource: '*', Condition: { IpAddress: { 's3:prefix': '1.2.3.4' } } }, 'IpAddress'],
    [
      { Action: '*', Resource: '*', Condition: { 'ForAnyValue:StringEquals': { 's3:prefix': 'a' } } },
      'ForAnyValue',
    ],
    [{ Action: '*', Resource: `${ARN}/\${aws:username}/*` }, 'aws:username'],
    [
      { Action: '*', Resource: '*', Principal: { AWS: 'arn:aws:iam::111111111111:role/other' } },
      'role/other',
    ],
    [{ Action: '*', Resource: '*', Principal: undefined, NotPrincipal: { AWS: '*' } }, 'NotPrincipal'],
    [{ Resource: '*' }, 'Action'],
  ])('that cannot be obeyed stops the start: %#', (statement, named) => {
    expect(() => setUpS3({ policy: policyOf({ Sid: 'Strange', ...statement }) })).toThrow(named);
    expect(() => setUpS3({ policy: policyOf({ Sid: 'Strange', ...statement }) })).toThrow(
      'statement Strange',
    );
  });
});
