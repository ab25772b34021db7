import { expect } from 'vitest';
import { ask, answerOf, newOrderId, send } from '../request.ts';
import type { ProtocolTarget, Rule } from '../protocolTarget.ts';

const TYPENAME = JSON.stringify({ query: '{__typename}' });
const withKey = ({ apiKey }: ProtocolTarget) => ({ 'x-api-key': apiKey });

function answersTypename(answer: { readonly status: number; readonly body: unknown }): void {
  expect(answer).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } });
}

export const HTTP_RULES: readonly Rule[] = [
  {
    id: 'HT-01',
    level: 'MUST',
    says: 'ignore unknown keys and take null variables and operation name',
    check: async (target) => {
      const body = JSON.stringify({
        query: '{__typename}',
        variables: null,
        operationName: null,
        extensions: { clientLibrary: {} },
      });
      answersTypename(await send(target, body, withKey(target)));
    },
  },
  {
    id: 'HT-02',
    level: 'MUST',
    says: 'take application/json with a charset and application/graphql, and answer JSON whatever is accepted',
    check: async (target) => {
      const accept = 'application/graphql-response+json, multipart/mixed, application/json;q=0.9';
      for (const type of ['application/json; charset=UTF-8', 'application/graphql']) {
        const answer = await send(target, TYPENAME, { ...withKey(target), 'content-type': type, accept });
        answersTypename(answer);
        expect(answer.headers.get('content-type')).toContain('application/json');
      }
    },
  },
  {
    id: 'HT-03',
    level: 'MUST',
    says: 'serve GET with the query in the address',
    check: async (target) => {
      const url = `${target.graphqlUrl}?query=${encodeURIComponent('{__typename}')}`;
      answersTypename(await answerOf(await fetch(url, { headers: withKey(target) })));
    },
  },
  {
    id: 'HT-04',
    level: 'MUST',
    says: 'refuse a request without credentials with 401, an UnauthorizedException and its header',
    check: async (target) => {
      const { status, headers, body } = await send(target, TYPENAME, {});
      expect([status, headers.get('x-amzn-errortype')]).toEqual([401, 'UnauthorizedException']);
      expect(body.errors).toMatchObject([{ errorType: 'UnauthorizedException' }]);
    },
  },
  {
    id: 'HT-05',
    level: 'MUST',
    says: 'refuse a wrong key with 401 and AppSync words',
    check: async (target) => {
      const { status, headers, body } = await send(target, TYPENAME, {
        'x-api-key': `da2-${'x'.repeat(26)}`,
      });
      expect([status, headers.get('x-amzn-errortype')]).toEqual([401, 'UnauthorizedException']);
      expect(body).toEqual({
        errors: [
          { errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' },
        ],
      });
    },
  },
  {
    id: 'HT-06',
    level: 'MUST',
    says: 'say that an empty body is empty',
    check: async (target) => {
      const { status, body } = await send(target, '', withKey(target));
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([
        { errorType: 'MalformedHttpRequestException', message: 'Request body is empty.' },
      ]);
    },
  },
  {
    id: 'HT-07',
    level: 'MUST',
    says: 'call a body that is no request malformed',
    check: async (target) => {
      for (const text of ['meow', '{}', '{}}', '[]']) {
        const { status, body } = await send(target, text, withKey(target));
        expect([text, status, body.errors[0].errorType]).toEqual([
          text,
          400,
          'MalformedHttpRequestException',
        ]);
      }
    },
  },
  {
    id: 'HT-08',
    level: 'MUST',
    says: 'answer a query with a syntax error with no data and no server error',
    check: async (target) => {
      const { status, body } = await ask(target, '{');
      expect(status).toBeLessThan(500);
      expect(body.data ?? null).toBeNull();
      expect(body.errors.length).toBeGreaterThan(0);
    },
  },
  {
    id: 'HT-09',
    level: 'MUST',
    says: 'answer a validation error with 200, null data, path and locations with a source name',
    check: async (target) => {
      const { status, body } = await ask(target, '{badfield}');
      expect([status, body.data]).toEqual([200, null]);
      expect(body.errors[0]).toMatchObject({
        path: null,
        locations: [{ line: 1, column: 2, sourceName: null }],
      });
      expect(body.errors[0]).not.toHaveProperty('extensions');
    },
  },
  {
    id: 'HT-10',
    level: 'MUST',
    says: 'answer a missing variable with 200 and null data',
    check: async (target) => {
      const { status, body } = await ask(target, 'query ($id: ID!) { order(orderId: $id) { orderId } }');
      expect([status, body.data]).toEqual([200, null]);
    },
  },
  {
    id: 'HT-11',
    level: 'SHOULD',
    says: 'ask for an operation name with 400 when there are two operations',
    check: async (target) => {
      const { status, body } = await ask(target, 'query A{__typename} query B{__typename}');
      expect([status, body.errors[0].errorType]).toEqual([400, 'BadRequestException']);
    },
  },
  {
    id: 'HT-12',
    level: 'MUST',
    says: 'answer a field that the caller may not call with 200, six keys and no error header',
    check: async (target) => {
      const input = `{orderId: "${newOrderId()}", status: FAILED, version: 1, at: "2026-01-01T00:00:00Z"}`;
      const answer = await ask(target, `mutation { publishOrderStatus(input: ${input}) { orderId } }`);
      expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([200, null]);
      expect(answer.body.errors[0]).toEqual({
        path: ['publishOrderStatus'],
        data: null,
        errorType: 'Unauthorized',
        errorInfo: null,
        locations: [{ line: 1, column: 12, sourceName: null }],
        message: 'Not Authorized to access publishOrderStatus on type Mutation',
      });
    },
  },
  {
    id: 'HT-13',
    level: 'SHOULD',
    says: 'not execute a subscription',
    check: async (target) => {
      const { status, body } = await ask(target, 'subscription { onOrderStatus { orderId } }');
      expect(status).toBeLessThan(500);
      expect(body.data?.onOrderStatus ?? null).toBeNull();
    },
  },
  {
    id: 'HT-14',
    level: 'MUST',
    says: 'give every answer a request id',
    check: async (target) => {
      for (const headers of [withKey(target), {}])
        expect((await send(target, TYPENAME, headers)).headers.get('x-amzn-requestid')).toBeTruthy();
    },
  },
];
