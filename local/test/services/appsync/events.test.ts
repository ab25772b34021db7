import { describe, expect, test } from 'vitest';
import { resolver } from './support/apiDefinition.ts';
import { postGraphql } from '../../../testing/postGraphql.ts';
import { call, publishRoom, sign } from './support/callApi.ts';
import { openSocket, heard, subscribe } from './support/openSocket.ts';
import { startApi } from './support/startApi.ts';

describe('a subscription', () => {
  test('hears the fields that it selects of an event, under its alias', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { room: onRoom { __typename number: id size } }', { id: 'a' });

    const answer = await publishRoom(api, 'id: 1, name: "one", size: 3');

    expect(answer).toEqual({ data: { publishRoom: { id: '1', name: 'one', size: 3 } } });
    expect(await socket.next()).toEqual({
      id: 'a',
      type: 'data',
      payload: { data: { room: { __typename: 'Room', number: '1', size: 3 } } },
    });
  });

  test('gets null for a field that the publishing mutation did not select', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onRoom { id name size } }', { id: 'a' });

    await publishRoom(api, 'id: 1, name: "one", size: 3', 'id');

    const { payload } = await socket.next();
    expect(payload).toEqual({ data: { onRoom: { id: '1', name: null, size: null } } });
  });

  test('gets an error and null for a non-null field that was not selected', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onStrict { id created } }', { id: 'a' });

    await call(api, 'mutation { publishStrict(input: {id: 1}) { id } }');

    expect((await socket.next())['payload']).toEqual({
      data: { onStrict: null },
      errors: [
        {
          message:
            "Cannot return null for non-nullable type: 'AWSDateTime' within parent 'Strict' (/onStrict/created)",
          path: ['onStrict', 'created'],
          locations: null,
        },
      ],
    });
  });

  test('hears every mutation that it names, and each of several in one request', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
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
    const socket = await openSocket(api.realtimeUrl);
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
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, `subscription { onRoom${args} { id } }`, { id: 'a' });

    for (const input of [
      'id: 1, name: "a"',
      'id: 2, name: "b", size: 2',
      'id: 3, name: "b", size: 3',
      'id: 4',
    ])
      await publishRoom(api, input);

    const events = await heard(socket);
    expect(events.map(({ payload }) => payload.data.onRoom.id)).toEqual(ids);
  });

  test('takes a variable that was declared and not given as null, unlike an argument that is not written', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const query = 'subscription S($name: String) { onRoom(name: $name) { id } }';
    await subscribe(socket, query, { id: 'unset', variables: {} });
    await subscribe(socket, query, { id: 'null', variables: { name: null } });
    await subscribe(socket, 'subscription { onRoom { id } }', { id: 'unwritten' });

    await publishRoom(api, 'id: 1, name: "x"');
    await publishRoom(api, 'id: 2');

    expect(
      (await heard(socket)).map(({ id, payload }) => `${id} ${payload.data.onRoom.id}`).toSorted(),
    ).toEqual(['null 2', 'unset 2', 'unwritten 1', 'unwritten 2']);
  });

  test('with one argument unset and another given hears events that fit both', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const query = 'subscription S($id: ID, $name: String) { onRoom(id: $id, name: $name) { id } }';
    await subscribe(socket, query, { id: 'a', variables: { id: '1' } });

    await publishRoom(api, 'id: 1, name: "x"');
    await publishRoom(api, 'id: 2');
    await publishRoom(api, 'id: 1');

    expect(await heard(socket)).toHaveLength(1);
  });

  test('takes the default of a variable that was not given', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const query = 'subscription S($name: String = "x") { onRoom(name: $name) { id } }';
    await subscribe(socket, query, { id: 'a', variables: {} });

    await publishRoom(api, 'id: 1, name: "x"');
    await publishRoom(api, 'id: 2');

    expect(await heard(socket)).toMatchObject([{ payload: { data: { onRoom: { id: '1' } } } }]);
  });

  test('with an argument of type AWSJSON hears events whose field holds an equal value', async () => {
    const schema = `type Note { id: ID json: AWSJSON } type Query { q: Int }
      type Mutation { note(id: ID, json: AWSJSON): Note }
      type Subscription { onNote(json: AWSJSON): Note @aws_subscribe(mutations: ["note"]) }`;
    const code = `export function request(ctx) { return { payload: ctx.args } }
      export function response(ctx) { return ctx.result }`;
    const api = await startApi({ schema, resolvers: [resolver('Mutation.note', code)] });
    const socket = await openSocket(api.realtimeUrl);
    const query = 'subscription S($json: AWSJSON) { onNote(json: $json) { id } }';
    await subscribe(socket, query, { id: 'a', variables: { json: '{"a": 1, "b": [2]}' } });

    for (const [id, json] of Object.entries({ 1: '{"b":[2],"a":1}', 2: '{"a":1}', 3: '{"b":[2],"a":"1"}' }))
      await call(api, 'mutation ($id: ID, $json: AWSJSON) { note(id: $id, json: $json) { id json } }', {
        id,
        json,
      });

    expect(await heard(socket)).toMatchObject([{ payload: { data: { onNote: { id: '1' } } } }]);
  });

  test('of an interface hears the fields of the type that the event names, and an error where it names none', async () => {
    const schema = `interface Thing { id: ID } type Shop implements Thing { id: ID name: String } type Query { q: Int }
      type Mutation { thing(id: ID, name: String): Thing }
      type Subscription { onThing: Thing @aws_subscribe(mutations: ["thing"]) }`;
    const code = `export function request(ctx) { return { payload: { ...ctx.args, __typename: 'Shop' } } }
      export function response(ctx) { return ctx.result }`;
    const api = await startApi({ schema, resolvers: [resolver('Mutation.thing', code)] });
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onThing { id ... on Shop { name } } }', { id: 'a' });

    await call(api, 'mutation { thing(id: 1, name: "x") { __typename id ... on Shop { name } } }');
    await call(api, 'mutation { thing(id: 2, name: "x") { id } }');

    expect((await heard(socket)).map(({ payload }) => payload)).toMatchObject([
      { data: { onThing: { id: '1', name: 'x' } } },
      {
        data: { onThing: null },
        errors: [
          { message: "Could not determine the exact type of Thing. Missing __typename key on value.'" },
        ],
      },
    ]);
  });

  test('does not match by a field that the mutation did not select', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onRoom(name: "x") { id } }', { id: 'a' });

    await publishRoom(api, 'id: 1, name: "x"', 'id');

    expect(await heard(socket)).toEqual([]);
  });

  test('with variables in its selection gets what those ask for', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
    const query = 'subscription S($n: Boolean!) { onRoom { id name @include(if: $n) } }';
    await subscribe(socket, query, { id: 'with', variables: { n: true } });
    await subscribe(socket, query, { id: 'without', variables: { n: false } });

    await publishRoom(api, 'id: 1, name: "x"');

    const events = [await socket.next(), await socket.next()];
    expect(events.map(({ id, payload }) => [id, payload.data.onRoom])).toEqual([
      ['with', { id: '1', name: 'x' }],
      ['without', { id: '1' }],
    ]);
  });

  test('of an API key sees no field for IAM; IAM publishes what keys may not', async () => {
    const schema = `type Query { a: Int } type Mutation { m: Event @aws_iam } 
      type Subscription { onM: Event @aws_subscribe(mutations: ["m"]) }
      type Event @aws_api_key @aws_iam { open: Int closed: Int @aws_iam }`;
    const text = `export function request() { return { payload: { open: 1, closed: 2 } } }
      export function response(ctx) { return ctx.result }`;
    const api = await startApi({ schema, resolvers: [resolver('Mutation.m', text)] });
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onM { open closed } }', { id: 'a' });
    const body = JSON.stringify({ query: 'mutation { m { open closed } }' });

    const answer = await postGraphql(api, body, await sign({ url: api.graphqlUrl, body }));

    expect(answer.body).toEqual({ data: { m: { open: 1, closed: 2 } } });
    expect((await socket.next())['payload']).toMatchObject({
      data: { onM: { open: 1, closed: null } },
      errors: [{ errorType: 'Unauthorized', path: ['onM', 'closed'] }],
    });
  });

  test('drops an event above 240 KB without a word; the mutation succeeds', async () => {
    const api = await startApi();
    const socket = await openSocket(api.realtimeUrl);
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
    const socket = await openSocket(api.realtimeUrl);
    await subscribe(socket, 'subscription { onRoom { json } }', { id: 'a' });

    await publishRoom(api, String.raw`id: 1, json: "{\"a\":[1,2]}"`, 'json');

    expect((await socket.next())['payload']).toEqual({ data: { onRoom: { json: '{"a":[1,2]}' } } });
  });
});

describe('a reader that does not read', () => {
  test('is cut off; others hear everything', async () => {
    const api = await startApi();
    const [slow, quick] = [await openSocket(api.realtimeUrl), await openSocket(api.realtimeUrl)];
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
