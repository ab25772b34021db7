import { describe, expect, test } from 'vitest';
import { API_KEY, resolver } from './support/apiDefinition.ts';
import { call, publishRoom } from './support/callApi.ts';
import { openSocket, heard, startFrame, subscribe } from './support/openSocket.ts';
import { startApi } from './support/startApi.ts';

/** Asks a function, which may take its time. */
const thinking = {
  ...resolver(
    'Subscription.onGuarded',
    `export function request(ctx) { return { operation: 'Invoke', payload: {} } }
export function response(ctx) { return null }`,
  ),
  dataSource: 'worker',
};

describe('a subscription', () => {
  test('ends with stop: complete comes, and then nothing more', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' });

    socket.send({ id: 'a', type: 'stop' });

    expect(await socket.next()).toEqual({ id: 'a', type: 'complete' });
    expect(await heard(socket)).toEqual([]);
    socket.send({ id: 'a', type: 'stop' });
    expect(await socket.next()).toMatchObject({
      id: 'a',
      type: 'error',
      payload: { errors: [{ errorType: 'UnknownOperationError', message: 'Unknown operation id a' }] },
    });
  });

  test('cannot have the id of another on the same connection; on another it can', async () => {
    const api = await startApi();
    const [first, second] = [await openSocket(api.realtimeUrl), await openSocket(api.realtimeUrl)];
    await subscribe(first, 'subscription { onRoom { id } }', { id: 'a' });

    const again = await subscribe(first, 'subscription { onRoom { id } }', { id: 'a' });
    const elsewhere = await subscribe(second, 'subscription { onRoom { id } }', { id: 'a' });

    expect(again).toEqual({
      id: 'a',
      type: 'error',
      payload: {
        errors: [{ errorType: 'DuplicatedOperationError', message: 'Duplicated operation with id a' }],
      },
    });
    expect(elsewhere).toEqual({ id: 'a', type: 'start_ack' });
  });

  test('is refused as the 101st of a connection', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    for (let count = 0; count < 100; count += 1) await subscribe(socket, 'subscription { onRoom { id } }');

    const answer = await subscribe(socket, 'subscription { onRoom { id } }', { id: 'last' });

    expect(answer).toEqual({
      id: 'last',
      type: 'error',
      payload: {
        errors: {
          errorType: 'MaxSubscriptionsReachedError',
          message: 'Max number of 100 subscriptions reached',
        },
      },
    });
  });

  test.each([
    ['query { __typename }', 'UnsupportedOperation', 'query not supported through the realtime channel'],
    [
      'mutation { publishRoom(input: {id: 1}) { id } }',
      'UnsupportedOperation',
      'mutation not supported through the realtime channel',
    ],
    [
      'subscription { nothing }',
      'BadRequestException',
      'Cannot query field "nothing" on type "Subscription".',
    ],
    ['subscription { onRoom', 'MalformedHttpRequestException', 'Unable to parse GraphQL query.'],
    [
      'subscription { onSigned { id } }',
      'Unauthorized',
      'Not Authorized to access onSigned on type Subscription',
    ],
  ])('of %s is refused as %s', async (query, errorType, message) => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);

    const answer = await subscribe(socket, query, { id: 'a' });

    expect(answer).toMatchObject({ id: 'a', type: 'error', payload: { errors: [{ errorType, message }] } });
  });

  test('has credentials of its own; wrong ones leave the connection open', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const query = 'subscription { onRoom { id } }';

    const wrong = await subscribe(socket, query, { authorization: { host: 'x', 'x-api-key': 'da2-wrong' } });
    const none = await subscribe(socket, query, { authorization: null });
    const right = await subscribe(socket, query, { authorization: { HOST: 'x', 'X-API-KEY': API_KEY } });

    for (const { type, payload } of [wrong, none])
      expect([type, payload.errors[0].errorType, payload.errors[0].errorCode]).toEqual([
        'error',
        'UnauthorizedException',
        401,
      ]);
    expect(right['type']).toBe('start_ack');
  });

  test('may be refused by its resolver, which runs once, at the start', async () => {
    const guard = `import { util } from '@aws-appsync/utils';
export function request(ctx) { return { payload: null } }
export function response(ctx) {
  if (ctx.args.name === 'closed') { util.unauthorized() }
  if (ctx.args.name === 'broken') { util.error('Not now', 'Busy') }
  return null
}`;
    const api = await startApi({
      resolvers: [resolver('Subscription.onGuarded', guard), resolver('Mutation.publishRoom')],
    });
    const socket = await openSocket(api.realtimeUrl);
    const of = (name: string) => `subscription { onGuarded(name: "${name}") { id } }`;

    const closed = await subscribe(socket, of('closed'));
    const broken = await subscribe(socket, of('broken'));
    const open = await subscribe(socket, of('open'), { id: 'a' });
    await publishRoom(api, 'id: 1, name: "open"');

    expect(closed).toMatchObject({
      type: 'error',
      payload: {
        errors: [
          { errorType: 'Unauthorized', message: 'Not Authorized to access onGuarded on type Subscription' },
        ],
      },
    });
    expect(broken).toMatchObject({
      type: 'error',
      payload: { errors: [{ errorType: 'Busy', message: 'Not now' }] },
    });
    expect(open).toEqual({ id: 'a', type: 'start_ack' });
    expect(await socket.next()).toMatchObject({ id: 'a', type: 'data' });
  });

  test('is refused when its resolver takes longer than a request may', async () => {
    const api = await startApi({ resolvers: [thinking] }, { timeoutMilliseconds: 30 });
    api.lambda.answer = () => new Promise(() => {});
    const socket = await openSocket(api.realtimeUrl);

    const answer = await subscribe(socket, 'subscription { onGuarded { id } }', { id: 'a' });

    expect(answer).toMatchObject({
      id: 'a',
      type: 'error',
      payload: { errors: [{ errorType: 'ExecutionTimeout' }] },
    });
    expect(await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' })).toEqual({
      id: 'a',
      type: 'start_ack',
    });
  });

  test('stopped while its resolver still thinks is never acknowledged', async () => {
    const api = await startApi({
      resolvers: [thinking, resolver('Mutation.publishRoom')],
    });
    const invoked = Promise.withResolvers<void>();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    api.lambda.answer = () => {
      invoked.resolve();
      return promise;
    };
    const socket = await openSocket(api.realtimeUrl);
    socket.send(startFrame('subscription { onGuarded { id } }', { id: 'a' }));
    await invoked.promise;

    socket.send({ id: 'a', type: 'stop' });
    const answer = await socket.next();
    resolve(null);

    expect(answer).toEqual({ id: 'a', type: 'complete' });
    expect(await heard(socket)).toEqual([]);
  });

  test('may leave its field to a variable', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const query = 'subscription ($x: Boolean!) { onRoom @include(if: $x) { id } }';

    const none = await subscribe(socket, query, { id: 'a', variables: { x: false } });
    const one = await subscribe(socket, query, { id: 'a', variables: { x: true } });

    expect(none).toMatchObject({ id: 'a', type: 'error' });
    expect(one).toEqual({ id: 'a', type: 'start_ack' });
  });

  test('that is nested too deeply for its rules is refused, over a socket and over HTTP', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const deep = `${'a{'.repeat(1000)}b${'}'.repeat(1000)}`;

    const started = await subscribe(socket, `subscription { ${deep} ${deep} }`, { id: 'a' });
    const asked = await call(api, `{ ${deep} ${deep} }`);

    expect(started).toMatchObject({ id: 'a', type: 'error' });
    expect(asked.status).toBeLessThan(500);
    expect(await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' })).toEqual({
      id: 'a',
      type: 'start_ack',
    });
  });

  test('with a variable that it does not declare and that cannot be written down harms no other, nor itself', async () => {
    const api = await startApi();
    const [bad, good] = [await openSocket(api.realtimeUrl), await openSocket(api.realtimeUrl)];
    await subscribe(good, 'subscription { onRoom { id } }', { id: 'a' });
    const query = 'subscription ($s: Boolean = true) { onRoom { id name @include(if: $s) } }';
    const nested = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const { payload, ...frame } = startFrame(query, { id: 'b' });
    const data = `{"query":${JSON.stringify(query)},"variables":{"z":${nested}}}`;

    bad.send({ ...frame, payload: { ...payload, data } });
    const started = await bad.next();
    await publishRoom(api, 'id: 1');

    expect(started).toMatchObject({ id: 'b', type: 'start_ack' });
    expect(await bad.next()).toMatchObject({ id: 'b', type: 'data' });
    expect(await good.next()).toMatchObject({ id: 'a', type: 'data' });
  });
});
