import { expect, test } from 'vitest';
import { answering } from '../../../functions/api/answering.ts';
import { useFakes } from '../fakes/useFakes.ts';
import { awsIsBroken, world } from '../fakes/world.ts';

useFakes();

const fail = (error: unknown) =>
  answering(async () => {
    throw error;
  })({});

test('a bug becomes an InternalError with a correlation id, and its message goes nowhere', async () => {
  const answer = await fail(new Error('the token is AAAAKg, see arn:aws:s3:::bucket'));

  const correlationId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(JSON.stringify(answer))?.[0] ?? 'none';
  expect(answer).toEqual({
    error: {
      type: 'InternalError',
      message: `Internal error. The operator can find the cause in the logs under id ${correlationId}.`,
      info: { retryable: false },
    },
  });
  expect(world.logged.join()).toContain(correlationId);
  expect(world.logged.join()).not.toMatch(/AAAAKg|arn:/);
});

test.each([
  [{ name: 'SlowDown', $metadata: { httpStatusCode: 503 } }],
  [{ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
  [{ name: 'Unknown', $metadata: { httpStatusCode: 429 } }],
])('%j becomes Throttled, which may be tried again', async (fields) => {
  const answer = await fail(Object.assign(new Error('slower'), fields));

  expect(answer).toMatchObject({ error: { type: 'Throttled', info: { retryable: true } } });
});

test('a service that is down becomes an InternalError that may be tried again', async () => {
  const answer = await fail(awsIsBroken());

  expect(answer).toMatchObject({ error: { type: 'InternalError', info: { retryable: true } } });
});

test('null is a value', async () => {
  const answer = await answering(async () => null)({});

  expect(answer).toEqual({ ok: null });
});
