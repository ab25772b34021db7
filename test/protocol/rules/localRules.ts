import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { openSocket, subprotocols } from '@countersign/local-cloud/testing';
import type { LocalCloud } from '../../support/localCloud.ts';
import type { Rule } from '../protocolTarget.ts';

const TYPENAME = JSON.stringify({ query: '{__typename}' });
const WRONG_KEY = `da2-${'x'.repeat(26)}`;
const MEBIBYTE = 1_048_576;

type Heard = {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
};

/** Unlike fetch, this sends any Host and any Origin. */
function ask(url: string, options: https.RequestOptions, body = TYPENAME): Promise<Heard> {
  const answer = Promise.withResolvers<Heard>();
  const { request } = url.startsWith('https:') ? https : http;
  request(url, { method: 'POST', ...options }, (response) => {
    const { statusCode: status, headers } = response;
    void text(response).then((heard) => answer.resolve({ status, headers, body: heard }));
  })
    .on('error', answer.reject)
    .end(body);
  return answer.promise;
}

const withKey = (cloud: LocalCloud) => ({
  'content-type': 'application/json',
  'x-api-key': cloud.outputs().ApiKey,
});

async function isForbidden(cloud: LocalCloud, headers: Record<string, string>): Promise<void> {
  for (const method of ['POST', 'OPTIONS', 'GET']) {
    const options = { method, headers: { ...withKey(cloud), ...headers } };
    const answer = await ask(cloud.outputs().GraphQLUrl, options, method === 'POST' ? TYPENAME : '');
    expect([method, answer.status]).toEqual([method, 403]);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.body).not.toContain('__typename');
  }
}

const keyFields = (cloud: LocalCloud, key = cloud.outputs().ApiKey) => ({
  host: 'localhost',
  'x-api-key': key,
});

async function firstFrame(cloud: LocalCloud, key: string): Promise<unknown> {
  const socket = await openSocket(cloud.outputs().RealtimeUrl, {
    protocols: subprotocols(keyFields(cloud, key)),
  });
  socket.send({ type: 'connection_init' });
  const frame = await socket.next();
  socket.close();
  return frame;
}

const statusWith = async (cloud: LocalCloud, key: string) =>
  (await ask(cloud.outputs().GraphQLUrl, { headers: { 'x-api-key': key } })).status;

/** What the local cloud promises beyond AppSync, or at other prices. */
export const LOCAL_RULES: readonly Rule<LocalCloud>[] = [
  {
    id: 'LO-01',
    level: 'MUST',
    says: 'forbid another Host, without a CORS header',
    check: async (cloud) => {
      for (const host of ['evil.example', 'localhost.evil.example:80', '10.0.0.1'])
        await isForbidden(cloud, { host });
    },
  },
  {
    id: 'LO-02',
    level: 'MUST',
    says: 'forbid another Origin, without a CORS header',
    check: async (cloud) => {
      for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example'])
        await isForbidden(cloud, { origin });
    },
  },
  {
    id: 'LO-03',
    level: 'MUST',
    says: 'forbid the upgrade to another Origin or Host, and allow it to pages of this machine',
    check: async (cloud) => {
      const upgrade = (headers: Record<string, string>) =>
        openSocket(cloud.outputs().RealtimeUrl, { protocols: subprotocols(keyFields(cloud)), headers });
      await expect(upgrade({ origin: 'https://evil.example' })).rejects.toThrow('403');
      await expect(upgrade({ host: 'evil.example' })).rejects.toThrow('403');
      for (const origin of ['http://localhost:5173', 'https://127.0.0.1', 'http://[::1]:3000'])
        (await upgrade({ origin })).close();
    },
  },
  {
    id: 'LO-04',
    level: 'MUST',
    says: 'give every refusal the header of its type: too large, the wrong path, the wrong method',
    check: async (cloud) => {
      const url = cloud.outputs().GraphQLUrl;
      const headers = withKey(cloud);
      const refusals = [
        await ask(url, { headers }, `{"query":"{__typename}${' '.repeat(MEBIBYTE)}"}`),
        await ask(url, { headers }, ' '.repeat(10 * MEBIBYTE)),
        await ask(`${url}/elsewhere`, { headers }),
        await ask(url, { headers, method: 'PUT' }),
      ];
      expect(refusals.map(({ status }) => status)).toEqual([413, 413, 404, 405]);
      for (const { headers: heard, body } of refusals) {
        expect(heard['x-amzn-errortype']).toBe(JSON.parse(body).errors[0].errorType);
        expect(heard['x-amzn-requestid']).toBeTruthy();
      }
    },
  },
  {
    id: 'LO-05',
    level: 'MUST',
    says: 'answer the right key over HTTP and over sockets, however many wrong ones came from the same address',
    check: async (cloud) => {
      const statuses: unknown[] = [];
      for (let wrong = 0; wrong < 50; wrong += 1) statuses.push(await statusWith(cloud, WRONG_KEY));
      expect(new Set(statuses)).toEqual(new Set([401]));
      expect(await statusWith(cloud, cloud.outputs().ApiKey)).toBe(200);
      expect(await firstFrame(cloud, cloud.outputs().ApiKey)).toMatchObject({ type: 'connection_ack' });
    },
  },
  {
    id: 'LO-06',
    level: 'MUST',
    says: 'close a connection after 24 hours of the cloud, and not before',
    check: async (cloud) => {
      const socket = await openSocket(cloud.outputs().RealtimeUrl, {
        protocols: subprotocols(keyFields(cloud)),
      });
      await cloud.advance('PT23H');
      socket.send({ type: 'connection_init' });
      expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
      await cloud.advance('PT1H');
      expect(await socket.closed).toBe(1000);
    },
  },
  {
    id: 'LO-07',
    level: 'MUST',
    says: 'speak TLS on the same port, with a certificate of its own for every name of this machine, over restarts',
    check: async (cloud) => {
      const ca = readFileSync(join(cloud.data, 'certificate.pem'));
      const { port } = new URL(cloud.endpoint());
      await cloud.end('SIGKILL');
      await cloud.start();
      for (const host of ['localhost', '127.0.0.1']) {
        const answer = await ask(`https://${host}:${port}/graphql`, { ca, headers: withKey(cloud) });
        expect(JSON.parse(answer.body)).toEqual({ data: { __typename: 'Query' } });
        const protocols = [...subprotocols(keyFields(cloud))];
        const webSocket = new WebSocket(`wss://${host}:${port}/graphql/realtime`, protocols, { ca });
        await new Promise((resolve, reject) => webSocket.on('open', resolve).on('error', reject));
        webSocket.terminate();
      }
    },
  },
];
