import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openSocket, sign, startCloud, StartFailed, subprotocols } from '@countersign/local-cloud/testing';
import {
  DescribeExecutionCommand,
  ListStateMachinesCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestCloud } from '@countersign/local-cloud/testing';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { writeRooms } from '../support/rooms.ts';

// `@countersign/local-cloud/testing`, imported as a project imports it that tests an app of its own.

const app = join(import.meta.dirname, '../../examples/greetings');
const GREET = JSON.stringify({ query: '{ greeting(name: "Ada") { text } }' });

describe('the test kit', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startCloud({ app, flags: ['-c', 'sender=Grace'] });
  });
  afterAll(() => cloud.remove());

  const greet = async () => {
    const { ApiKey = '' } = cloud.outputs();
    const response = await fetch(`${cloud.endpoint()}/graphql`, {
      method: 'POST',
      headers: { 'x-api-key': ApiKey },
      body: GREET,
    });
    return response.json();
  };

  test('starts the app of a folder, and knows its outputs', async () => {
    expect(await greet()).toEqual({ data: { greeting: { text: 'Hello Ada' } } });
    expect(cloud.outputs()).toEqual({ ApiKey: expect.stringMatching(/^da2-[a-z0-9]{26}$/) });
    expect(existsSync(join(cloud.data, 'store.sqlite'))).toBe(true);
  });

  test('counts the calls of services, the runs of functions and the commits', async () => {
    const before = await cloud.counts();

    await greet();
    const after = await cloud.counts();

    const timesOf = (name: string) => (after.calls[name] ?? 0) - (before.calls[name] ?? 0);
    expect(timesOf('appsync.graphql')).toBe(1);
    expect(after.invocations - before.invocations).toBe(1);
    expect(after.commits).toBeGreaterThanOrEqual(before.commits);
  });

  test('gives the clients of an AWS SDK what they need', async () => {
    const states = new SFNClient(cloud.client());
    const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
    const [{ stateMachineArn } = {}] = stateMachines;

    const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn, name: 'ada' }));
    const { name } = await states.send(new DescribeExecutionCommand({ executionArn }));

    expect(name).toBe('ada');
  });

  test('puts the clock forward', async () => {
    const before = await cloud.now();

    const after = await cloud.advance('PT72H');

    expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(72 * 3_600_000);
    await expect(cloud.advance('tomorrow')).rejects.toThrow(/^advance must be an ISO 8601 duration/);
  });

  test('arms a fault, which strikes once, and takes faults back', async () => {
    await cloud.arm({ point: 'lambda.Invoke', kind: 'error' });
    const armed = await cloud.armed();
    const struck = await greet();
    const healthy = await greet();
    await cloud.arm({ point: 'lambda.Invoke', kind: 'error' });
    await cloud.heal();

    expect(armed).toMatchObject([{ point: 'lambda.Invoke', kind: 'error', times: 1 }]);
    expect(struck.errors).toHaveLength(1);
    expect(healthy.errors).toBeUndefined();
    expect(await cloud.armed()).toEqual([]);
    await expect(cloud.arm({ point: 'nowhere', kind: 'error' })).rejects.toThrow(
      /^point must be one of the \d+ that GET \/_local\/faults lists; got "nowhere"\.$/,
    );
  });

  test('signs a request, also by hand', async () => {
    const request = {
      method: 'POST',
      headers: {
        'x-amz-target': 'AWSStepFunctions.ListStateMachines',
        'content-type': 'application/x-amz-json-1.0',
      },
      body: '{}',
    };
    const url = `${cloud.endpoint()}/`;

    const sent = await cloud.fetchSigned({ ...request, service: 'states', path: '/' });
    const { host: _, ...headers } = await sign({
      ...request,
      url,
      service: 'states',
      credentials: { ...cloud.credentials(), secretAccessKey: 'wrong' },
    });
    const refused = await fetch(url, { ...request, headers });

    expect(await sent.json()).toMatchObject({ stateMachines: [{ type: 'STANDARD' }] });
    expect(refused.status).toBe(403);
  });

  test('starts again on the same folder and port after kill -9, and is heard when it prints', async () => {
    const before = { endpoint: cloud.endpoint(), outputs: cloud.outputs(), pid: cloud.pid() };

    const code = await cloud.end('SIGKILL');
    await cloud.start();

    expect(code).toBeNull();
    expect({ endpoint: cloud.endpoint(), outputs: cloud.outputs() }).toEqual({
      endpoint: before.endpoint,
      outputs: before.outputs,
    });
    expect(cloud.pid()).not.toBe(before.pid);
    expect(cloud.printed().match(/^Ready in/gm)).toHaveLength(2);
  });
});

test('a cloud in a block ends with it, and its folder goes too; a socket speaks to it', async () => {
  const assembly = temporaryFolder();
  writeRooms(assembly);
  const place = { data: '', endpoint: '' };
  {
    await using cloud = await startCloud({ assembly });
    Object.assign(place, { data: cloud.data, endpoint: cloud.endpoint() });
    const { GraphQLUrl = '', RealtimeUrl = '', ApiKey = '' } = cloud.outputs();
    const authorization = { host: new URL(GraphQLUrl).host, 'x-api-key': ApiKey };
    const socket = await openSocket(RealtimeUrl, { protocols: subprotocols(authorization) });
    socket.send({ type: 'connection_init' });

    expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
    expect(await socket.next()).toEqual({ type: 'ka' });
    socket.close();
    await socket.closed;
    await expect(socket.next()).rejects.toThrow('The socket was closed with 1005.');
  }

  expect(existsSync(place.data)).toBe(false);
  await expect(fetch(place.endpoint)).rejects.toThrow('fetch failed');
});

test('a cloud that cannot start rejects with its exit code and its words', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const address = taken.address();
  const port = typeof address === 'object' ? String(address?.port) : '';

  const starting = startCloud({ app, flags: ['--port', port] });

  await expect(starting).rejects.toThrow(StartFailed);
  await expect(starting).rejects.toMatchObject({
    code: 1,
    printed: expect.stringContaining(`The port ${port} is taken`),
  });
  taken.close();
});
