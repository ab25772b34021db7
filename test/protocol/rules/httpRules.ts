import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { answerOf, postGraphql } from '@countersign/local-cloud/testing';
import { ask, newOrderId } from '../request.ts';
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
      answersTypename(await postGraphql(target, body, withKey(target)));
    },
  },
  {
    id: 'HT-02',
    level: 'MUST',
    says: 'take application/json with a charset and application/graphql, and answer JSON whatever is accepted',
    check: async (target) => {
      const accept = 'application/graphql-response+json, multipart/mixed, application/json;q=0.9';
      for (const type of ['application/json; charset=UTF-8', 'application/graphql']) {
        const answer = await postGraphql(target, TYPENAME, {
          ...withKey(target),
          'content-type': type,
          accept,
        });
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
      const { status, headers, body } = await postGraphql(target, TYPENAME, {});
      expect([status, headers.get('x-amzn-errortype')]).toEqual([401, 'UnauthorizedException']);
      expect(body.errors).toMatchObject([{ errorType: 'UnauthorizedException' }]);
    },
  },
  {
    id: 'HT-05',
    level: 'MUST',
    says: 'refuse a wrong key with 401 and AppSync words',
    check: async (target) => {
      const { status, headers, body } = await postGraphql(target, TYPENAME, {
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
      const { status, body } = await postGraphql(target, '', withKey(target));
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
      for (const sent of ['meow', '{}', '{}}', '[]']) {
        const { status, body } = await postGraphql(target, sent, withKey(target));
        expect([sent, status, body.errors[0].errorType]).toEqual([
          sent,
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
    says: 'answer a required variable that is missing or null with 200, null data and its name and type',
    check: async (target) => {
      const query = 'query ($id: ID!) { order(orderId: $id) { orderId } }';
      for (const variables of [undefined, { id: null }]) {
        const { status, body } = await ask(target, query, variables);
        expect([status, body.data]).toEqual([200, null]);
        expect(body.errors[0].message).toBe("Variable 'id' has coerced Null value for NonNull type 'ID!'");
      }
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
        expect((await postGraphql(target, TYPENAME, headers)).headers.get('x-amzn-requestid')).toBeTruthy();
    },
  },
  {
    id: 'HT-15',
    level: 'MUST',
    says: 'serve GET with variables and an operation name, for mutations too',
    check: async (target) => {
      const query =
        'query A($id: ID!) { order(orderId: $id) { orderId } } mutation B($id: ID!) { confirmOrder(input: {orderId: $id, isConfirmed: true}) { orderId } }';
      const of = async (operationName: string) => {
        const parameters = new URLSearchParams({ query, operationName, variables: '{"id":"nobody-at-all"}' });
        const url = `${target.graphqlUrl}?${parameters}`;
        return (await answerOf(await fetch(url, { headers: withKey(target) }))).body;
      };
      expect(await of('A')).toEqual({ data: { order: null } });
      expect(await of('B')).toMatchObject({ errors: [{ path: ['confirmOrder'] }] });
    },
  },
  {
    id: 'HT-16',
    level: 'SHOULD',
    says: 'call a query that is no text, and variables that are no object, malformed',
    check: async (target) => {
      for (const changes of [{ query: 7 }, { variables: [] }, { variables: 'text' }, { query: null }]) {
        const body = JSON.stringify({ query: '{__typename}', ...changes });
        const answer = await postGraphql(target, body, withKey(target));
        expect([body, answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([
          body,
          400,
          'MalformedHttpRequestException',
        ]);
      }
    },
  },
  {
    id: 'HT-17',
    level: 'MUST',
    says: 'take the names of headers in any case',
    check: async (target) => {
      const { request } = target.graphqlUrl.startsWith('https:') ? https : http;
      const headers = { 'X-API-KEY': target.apiKey, 'CONTENT-TYPE': 'application/json' };
      const answer = Promise.withResolvers<string>();
      request(target.graphqlUrl, { method: 'POST', headers }, (response) => {
        void text(response).then(answer.resolve);
      }).end(TYPENAME);
      expect(JSON.parse(await answer.promise)).toEqual({ data: { __typename: 'Query' } });
    },
  },
  {
    id: 'HT-18',
    level: 'MUST',
    says: 'answer the preflight of a browser, and let the page read answers and refusals',
    check: async (target) => {
      const origin = 'http://localhost:3000';
      const wanted = 'content-type,x-api-key,authorization,x-amz-user-agent,x-amz-date,x-amz-security-token';
      const preflight = await fetch(target.graphqlUrl, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': wanted,
        },
      });
      const allowed = (name: string) => String(preflight.headers.get(`access-control-allow-${name}`));
      expect(preflight.ok).toBe(true);
      expect(allowed('methods')).toContain('POST');
      for (const name of wanted.split(',')) expect(allowed('headers').toLowerCase()).toContain(name);
      for (const headers of [withKey(target), {}]) {
        const answer = await postGraphql(target, TYPENAME, { ...headers, origin });
        expect([origin, '*']).toContain(answer.headers.get('access-control-allow-origin'));
      }
    },
  },
];
