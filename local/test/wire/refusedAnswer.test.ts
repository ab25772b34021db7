import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../wire/httpMessage.ts';
import { refusedAnswer } from '../../wire/refusedAnswer.ts';

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
    const answer = refusedAnswer('s3', { status: 403, code, message: 'a <reason>' }, request);

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
    const answer = refusedAnswer('stepFunctions', { status: 403, code, message: 'a reason' }, request);

    expect(answer).toMatchObject({ status: 403, headers: { 'x-amzn-errortype': name } });
    expect(JSON.parse(String(answer.body))).toEqual({ __type: name, message: 'a reason' });
  });

  test('says nothing in answer to HEAD', () => {
    const refusal = { status: 403, code: 'SignatureDoesNotMatch', message: 'a reason' };

    expect(refusedAnswer('s3', refusal, { ...request, method: 'HEAD' }).body).toBe('');
  });
});
