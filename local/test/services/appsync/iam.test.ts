import { describe, expect, test } from 'vitest';
import { resolver } from './support/apiDefinition.ts';
import { postGraphql } from '../../../testing/postGraphql.ts';
import { CREDENTIALS, startApi } from './support/startApi.ts';
import { sign, type Signing } from './support/callApi.ts';

const body = JSON.stringify({ query: '{ signed worker }' });
const SHOW = `export function request(ctx) { return { payload: JSON.stringify(ctx.identity) } }
export function response(ctx) { return ctx.result }`;

async function ask(changes: Partial<Signing>, sent = body) {
  const api = await startApi({ resolvers: [resolver('Query.signed', SHOW), resolver('Query.worker', SHOW)] });
  return postGraphql(api, sent, await sign({ url: api.graphqlUrl, body, ...changes }));
}

describe('a signed request', () => {
  test('may read what is for IAM, and not what is for keys alone; resolvers see who signed', async () => {
    const answer = await ask({});

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.data.signed)).toEqual({
      accountId: '111111111111',
      cognitoIdentityAuthProvider: null,
      cognitoIdentityAuthType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      sourceIp: ['127.0.0.1'],
      userArn: `arn:aws:iam::111111111111:user/${CREDENTIALS.accessKeyId}`,
      username: CREDENTIALS.accessKeyId,
    });
    expect(answer.body.errors).toMatchObject([{ path: ['worker'], errorType: 'Unauthorized' }]);
  });

  test.each([
    [
      'with a wrong secret',
      { credentials: { ...CREDENTIALS, secretAccessKey: 'wrong' } },
      'InvalidSignatureException',
    ],
    ['for another service', { service: 'execute-api' }, 'InvalidSignatureException'],
    ['for another region', { region: 'eu-west-1' }, 'InvalidSignatureException'],
    ['an hour ago', { date: new Date(Date.now() - 3_600_000) }, 'InvalidSignatureException'],
    ['for an hour from now', { date: new Date(Date.now() + 3_600_000) }, 'InvalidSignatureException'],
  ])('made %s is refused', async (_what, changes, errorType) => {
    const answer = await ask(changes);

    expect(answer).toMatchObject({ status: 403, body: { errors: [{ errorType }] } });
    expect(answer.headers.get('x-amzn-errortype')).toBe(errorType);
    expect(JSON.stringify(answer.body)).not.toContain(CREDENTIALS.secretAccessKey);
  });

  test('is what an API for IAM alone asks for', async () => {
    const api = await startApi({ defaultAuth: 'AWS_IAM', additionalAuth: [] });

    const answer = await postGraphql(api, body, {});

    expect(answer).toMatchObject({
      status: 401,
      body: {
        errors: [{ errorType: 'UnauthorizedException', message: 'Valid authorization header not provided.' }],
      },
    });
  });

  test('over another body is refused', async () => {
    const answer = await ask({}, body.replace('signed', 'worker'));

    expect(answer.status).toBe(403);
  });

  test('is refused by an API without IAM', async () => {
    const api = await startApi({ additionalAuth: [] });

    const answer = await postGraphql(api, body, await sign({ url: api.graphqlUrl, body }));

    expect(answer).toMatchObject({
      status: 401,
      body: { errors: [{ message: 'You are not authorized to make this call.' }] },
    });
  });
});
