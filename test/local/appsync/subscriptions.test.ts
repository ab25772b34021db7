import { describe, expect, test } from 'vitest';
import { API_KEY, resolver } from './support/apiDefinition.ts';
import { call, post } from './support/callApi.ts';
import { openSocket, startFrame, subscribe, type ClientSocket, type Frame } from './support/openSocket.ts';
import { sign } from './support/sign.ts';
import { startApi, type RunningApi } from './support/startApi.ts';

const ALL = 'id name size';

/** Asks a function, which may take its time. */
const thinking = {
  ...resolver(
    'Subscription.onGuarded',
    `export function request(ctx) { return { operation: 'Invoke', payload: {} } }
export function response(ctx) { return null }`,
  ),
  dataSource: 'worker',
};

async function opened(api: RunningApi): Promise<ClientSocket> {
  return openSocket(api.realtimeUrl);
}

async function publish(api: RunningApi, input: string, selection = ALL): Promise<unknown> {
  const { body } = await call(api, `mutation { publishRoom(input: {${input}}) { ${selection} } }`);
  return body;
}

/** Everything that has come: a mutation is answered after its events are sent, and frames keep their order. */
async function heard(socket: ClientSocket): Promise<Frame[]> {
  socket.send({ id: 'nobody', type: 'stop' });
  const events: Frame[] = [];
  for (;;) {
    const frame = await socket.next();
    if (frame['id'] === 'nobody') return events;
    events.push(frame);
  }
}

describe('a subscription', () => {
  test('hears the fields that it selects of an event, under its alias', async () => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, 'subscription { room: onRoom { __typename number: id size } }', { id: 'a' });

    const answer = await publish(api, 'id: 1, name: "one", size: 3');

    expect(answer).toEqual({ data: { publishRoom: { id: '1', name: 'one', size: 3 } } });
    expect(await socket.next()).toEqual({
      id: 'a',
      type: 'data',
      payload: { data: { room: { __typename: 'Room', number: '1', size: 3 } } },
    });
  });

  test('gets null for a field that the publishing mutation did not select', async () => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onRoom { id name hidden } }', { id: 'a' });

    await publish(api, 'id: 1, name: "one", hidden: "secret"', 'id');

    const { payload } = await socket.next();
    expect(payload).toEqual({ data: { onRoom: { id: '1', name: null, hidden: null } } });
  });

  test('gets an error and null for a non-null field that was not selected', async () => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onStrict { id created } }', { id: 'a' });

    await call(api, 'mutation { publishStrict(input: {id: 1}) { id } }');

    expect((await socket.next())['payload']).toEqual({
      data: { onStrict: null },
      errors: [
        {
          message:
            "Cannot return null for non-nullable type: 'AWSDateTime' within parent 'StrictRoom' (/onStrict/created)",
          path: ['onStrict', 'created'],
          locations: null,
        },
      ],
    });
  });

  test('hears every mutation that it names, and each of several in one request', async () => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' });

    await call(
      api,
      'mutation { x: publishRoom(input: {id: 1}) { id } ...M } fragment M on Mutation { openRoom(input: {id: 2}) { id } }',
    );

    const events = [await socket.next(), await socket.next()];
    expect(events.map(({ payload }) => payload.data.onRoom.id)).toEqual(['1', '2']);
  });

  test('hears nothing of a mutation that failed or answered null', async () => {
    const failing = `import { util } from '@aws-appsync/utils';
export function request(ctx) { return { payload: null } }
export function response(ctx) { if (ctx.args.input.name) { util.error('no') } return ctx.result }`;
    const api = await startApi({
      resolvers: [resolver('Mutation.openRoom', failing), resolver('Mutation.publishRoom')],
    });
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' });

    await call(api, 'mutation { openRoom(input: {id: 1, name: "x"}) { id } }');
    await call(api, 'mutation { openRoom(input: {id: 1}) { id } }');

    expect(await heard(socket)).toEqual([]);
  });

  test.each([
    ['(id: "1")', ['1']],
    ['(name: "b")', ['2', '3']],
    ['(name: "b", size: 3)', ['3']],
    ['(name: null)', ['4']],
    ['', ['1', '2', '3', '4']],
    ['(id: "9")', []],
  ])('with the arguments %s hears the rooms %j', async (args, ids) => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, `subscription { onRoom${args} { id } }`, { id: 'a' });

    for (const input of [
      'id: 1, name: "a"',
      'id: 2, name: "b", size: 2',
      'id: 3, name: "b", size: 3',
      'id: 4',
    ])
      await publish(api, input);

    const events = await heard(socket);
    expect(events.map(({ payload }) => payload.data.onRoom.id)).toEqual(ids);
  });

  test('takes a variable that was declared and not given as an omitted argument, and null as null', async () => {
    const api = await startApi();
    const socket = await opened(api);
    const query = 'subscription S($name: String) { onRoom(name: $name) { id } }';
    await subscribe(socket, query, { id: 'omitted', variables: {} });
    await subscribe(socket, query, { id: 'null', variables: { name: null } });

    await publish(api, 'id: 1, name: "x"');

    expect(await heard(socket)).toMatchObject([{ id: 'omitted' }]);
  });

  test('does not match by a field that the mutation did not select', async () => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onRoom(name: "x") { id } }', { id: 'a' });

    await publish(api, 'id: 1, name: "x"', 'id');

    expect(await heard(socket)).toEqual([]);
  });

  test('with variables in its selection gets what those ask for', async () => {
    const api = await startApi();
    const socket = await opened(api);
    const query = 'subscription S($n: Boolean!) { onRoom { id name @include(if: $n) } }';
    await subscribe(socket, query, { id: 'with', variables: { n: true } });
    await subscribe(socket, query, { id: 'without', variables: { n: false } });

    await publish(api, 'id: 1, name: "x"');

    const events = [await socket.next(), await socket.next()];
    expect(events.map(({ id, payload }) => [id, payload.data.onRoom])).toEqual([
      ['with', { id: '1', name: 'x' }],
      ['without', { id: '1' }],
    ]);
  });

  test('ends with stop: complete comes, and then nothing more', async () => {
    const api = await startApi();
    const socket = await opened(api);
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
    const [first, second] = [await opened(api), await opened(api)];
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

  test('is one too many as the 101st of a connection', async () => {
    const api = await startApi();
    const socket = await opened(api);
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
      'subscription { onSecret { id } }',
      'Unauthorized',
      'Not Authorized to access onSecret on type Subscription',
    ],
  ])('of %s is refused as %s', async (query, errorType, message) => {
    const api = await startApi();
    const socket = await opened(api);

    const answer = await subscribe(socket, query, { id: 'a' });

    expect(answer).toMatchObject({ id: 'a', type: 'error', payload: { errors: [{ errorType, message }] } });
  });

  test('has credentials of its own; wrong ones leave the connection open', async () => {
    const api = await startApi();
    const socket = await opened(api);
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

  test('of an API key sees no field for IAM; IAM publishes what keys may not', async () => {
    const schema = `type Query { a: Int } type Mutation { m: Event @aws_iam } 
      type Subscription { onM: Event @aws_subscribe(mutations: ["m"]) }
      type Event @aws_api_key @aws_iam { open: Int closed: Int @aws_iam }`;
    const text = `export function request() { return { payload: { open: 1, closed: 2 } } }
      export function response(ctx) { return ctx.result }`;
    const api = await startApi({ schema, resolvers: [resolver('Mutation.m', text)] });
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onM { open closed } }', { id: 'a' });
    const body = JSON.stringify({ query: 'mutation { m { open closed } }' });

    const answer = await post(api, body, await sign({ url: api.graphqlUrl, body }));

    expect(answer.body).toEqual({ data: { m: { open: 1, closed: 2 } } });
    expect((await socket.next())['payload']).toMatchObject({
      data: { onM: { open: 1, closed: null } },
      errors: [{ errorType: 'Unauthorized', path: ['onM', 'closed'] }],
    });
  });

  test('drops an event above 240 KB without a word; the mutation succeeds', async () => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onRoom { id } }', { id: 'a' });
    const name = 'x'.repeat(240 * 1024);

    const { body } = await call(
      api,
      'mutation M($n: String) { publishRoom(input: {id: 1, name: $n}) { id name } }',
      { n: name },
    );

    expect(body.data.publishRoom.name).toHaveLength(name.length);
    expect(await heard(socket)).toEqual([]);
  });

  test('keeps AWSJSON as the text that the publisher got', async () => {
    const api = await startApi();
    const socket = await opened(api);
    await subscribe(socket, 'subscription { onRoom { json } }', { id: 'a' });

    await publish(api, String.raw`id: 1, json: "{\"a\":[1,2]}"`, 'json');

    expect((await socket.next())['payload']).toEqual({ data: { onRoom: { json: '{"a":[1,2]}' } } });
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
    const socket = await opened(api);
    const of = (name: string) => `subscription { onGuarded(name: "${name}") { id } }`;

    const closed = await subscribe(socket, of('closed'));
    const broken = await subscribe(socket, of('broken'));
    const open = await subscribe(socket, of('open'), { id: 'a' });
    await publish(api, 'id: 1, name: "open"');

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
    const socket = await opened(api);

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
    const socket = await opened(api);
    socket.send(startFrame('subscription { onGuarded { id } }', { id: 'a' }));
    await invoked.promise;

    socket.send({ id: 'a', type: 'stop' });
    const answer = await socket.next();
    resolve(null);

    expect(answer).toEqual({ id: 'a', type: 'complete' });
    expect(await heard(socket)).toEqual([]);
  });
});

describe('a reader that does not read', () => {
  test('is cut off; others hear everything', async () => {
    const api = await startApi();
    const [slow, quick] = [await opened(api), await opened(api)];
    await subscribe(slow, 'subscription { onRoom { id name } }', { id: 'a' });
    await subscribe(quick, 'subscription { onRoom { id } }', { id: 'a' });
    slow.webSocket.pause();
    const name = 'x'.repeat(200_000);
    const query = 'mutation M($n: String) { publishRoom(input: {id: 1, name: $n}) { id name } }';

    const count = 100;
    for (let sent = 0; sent < count; sent += 1) await call(api, query, { n: name });
    for (let read = 0; read < count; read += 1) await quick.next();
    slow.webSocket.resume();

    expect(await slow.closed).toBe(1006);
    expect(slow.unread()).toBeLessThan(count);
  });
});
