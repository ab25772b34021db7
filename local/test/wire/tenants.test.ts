import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../wire/httpMessage.ts';
import { appsyncTenant } from '../../services/appsync/wire/appsyncTenant.ts';
import { lambdaTenant } from '../../services/lambda/wire/lambdaTenant.ts';
import { s3Tenant } from '../../services/s3/wire/s3Tenant.ts';
import { sqsTenant } from '../../services/sqs/wire/sqsTenant.ts';
import { stepFunctionsTenant } from '../../services/stepFunctions/wire/stepFunctionsTenant.ts';
import { faultPointsOf, scopeOf, tenantOf } from '../../wire/tenant.ts';
import { unknownService } from '../../wire/unknownAnswers.ts';

const handle = () => ({ status: 200, headers: {}, body: '' });
const tenants = [
  appsyncTenant(handle),
  lambdaTenant(handle),
  stepFunctionsTenant(handle),
  sqsTenant(handle),
  s3Tenant(handle),
];
const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

const request: HttpRequest = {
  method: 'GET',
  path: '/bucket/key',
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  remoteAddress: '127.0.0.1',
  accessKeyId: null,
};

describe('a refusal at the door', () => {
  test.each([
    ['MissingAuthenticationToken', 403, 'AccessDenied', 'Access Denied'],
    ['UnrecognizedClientException', 403, 'InvalidAccessKeyId', 'a &lt;reason&gt;'],
    ['SignatureDoesNotMatch', 403, 'SignatureDoesNotMatch', 'a &lt;reason&gt;'],
    ['RequestTimeTooSkewed', 403, 'RequestTimeTooSkewed', 'a &lt;reason&gt;'],
    ['IncompleteSignature', 400, 'AuthorizationHeaderMalformed', 'a &lt;reason&gt;'],
    ['XAmzContentSHA256Mismatch', 400, 'XAmzContentSHA256Mismatch', 'a &lt;reason&gt;'],
    ['RequestEntityTooLargeException', 400, 'EntityTooLarge', 'a &lt;reason&gt;'],
  ])('for %s speaks S3', (code, status, name, message) => {
    const answer = s3Tenant(handle).refuse({ status: 403, code, message: 'a <reason>' }, request);

    expect(answer.status).toBe(status);
    expect(answer.body).toContain(`<Error><Code>${name}</Code><Message>${message}</Message>`);
  });

  test.each([
    ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
    ['UnrecognizedClientException', 'UnrecognizedClientException'],
    ['SignatureDoesNotMatch', 'InvalidSignatureException'],
    ['RequestTimeTooSkewed', 'InvalidSignatureException'],
    ['IncompleteSignature', 'IncompleteSignatureException'],
  ])('for %s speaks AWS JSON', (code, name) => {
    const answer = stepFunctionsTenant(handle).refuse({ status: 403, code, message: 'a reason' }, request);

    expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': name } });
    expect(JSON.parse(String(answer.body))).toEqual({ __type: name, message: 'a reason' });
  });

  test('says nothing in answer to HEAD', () => {
    const refusal = { status: 403, code: 'SignatureDoesNotMatch', message: 'a reason' };

    expect(s3Tenant(handle).refuse(refusal, { ...request, method: 'HEAD' }).body).toBe('');
  });
});

describe('a request', () => {
  test.each([
    ['/graphql', {}, 'appsync'],
    ['/graphql', signedFor('appsync'), 'appsync'],
    ['/graphql', signedFor('s3'), 's3'],
    ['/', signedFor('states'), 'stepFunctions'],
    ['/', { 'x-amz-target': 'AmazonSQS.SendMessage' }, 'sqs'],
    ['/2015-03-31/functions/f/invocations', {}, 'lambda'],
    ['/2015-03-31/functions/f/invocations', signedFor('s3'), 's3'],
    ['/bucket/key', {}, 's3'],
    ['/bucket/key', { authorization: 'AWS AKIA:signature' }, 's3'],
  ])('of %s with %j is for %s', (path, headers, name) => {
    expect(tenantOf(tenants, { ...request, path, headers })?.name).toBe(name);
  });

  test.each([
    [
      'ec2',
      { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      '<Code>UnknownServiceException</Code>',
    ],
    ['dynamodb', { 'content-type': 'application/x-amz-json-1.0' }, '"__type":"UnknownServiceException"'],
    ['appsync', {}, '"__type":"UnknownServiceException"'],
  ])('for the service %s, which is not here, is told which are', (service, headers, code) => {
    const head = { ...request, path: '/v1/apis', headers: { ...headers, ...signedFor(service) } };

    const answer = unknownService(scopeOf(head) ?? '', tenants, head);

    expect(tenantOf(tenants, head)).toBeNull();
    expect(answer.status).toBe(400);
    expect(String(answer.body)).toContain(code);
    expect(String(answer.body)).toContain(
      `it has AppSync (GraphQL at /graphql), Lambda, S3, SQS, Step Functions.`,
    );
  });
});

test('faults can be armed on both sides of every operation of the services', () => {
  expect(faultPointsOf(tenants)).toEqual(
    expect.arrayContaining([
      's3.PutObject',
      's3.PutObject.done',
      's3.UploadPart',
      'stepFunctions.RedriveExecution.done',
      'sqs.StartMessageMoveTask',
      'lambda.Invoke',
      'appsync.publish.done',
    ]),
  );
});
