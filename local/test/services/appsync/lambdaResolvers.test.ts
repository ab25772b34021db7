import { describe, expect, test } from 'vitest';
import { resolver } from './support/apiDefinition.ts';
import { call } from './support/callApi.ts';
import { startApi } from './support/startApi.ts';

const code = (request: string, response: string) =>
  `import { util, runtime } from '@aws-appsync/utils';
export function request(ctx) { ${request} }
export function response(ctx) { ${response} }`;
const lambdaResolver = (text: string | null, changes = {}) => ({
  ...resolver('Query.worker', text ?? undefined),
  ...(text === null ? { code: null } : {}),
  dataSource: 'worker',
  ...changes,
});
const IGNORE = `if (ctx.error) util.error(ctx.error.message, ctx.error.type); return ctx.result`;

describe('a resolver of a function', () => {
  test('hands its payload to the function and takes the answer', async () => {
    const text = code(`return { operation: 'Invoke', payload: { text: ctx.args.text } }`, IGNORE);
    const api = await startApi({ resolvers: [lambdaResolver(text)] });
    api.lambda.answer = (event) => (event as { text: string }).text.toUpperCase();

    const { body } = await call(api, '{ worker(text: "hi") }');

    expect(body).toEqual({ data: { worker: 'HI' } });
    expect(api.lambda.events).toEqual([{ text: 'hi' }]);
  });

  test('gets the error of a function that throws as Lambda:Unhandled, and may swallow it', async () => {
    const failing = code(`return { operation: 'Invoke', payload: {} }`, IGNORE);
    const swallowing = code(`return { operation: 'Invoke', payload: {} }`, 'return ctx.result');
    const first = await startApi({ resolvers: [lambdaResolver(failing)] });
    const second = await startApi({ resolvers: [lambdaResolver(swallowing)] });
    const fail = () => {
      throw new TypeError('broken');
    };
    first.lambda.answer = fail;
    second.lambda.answer = fail;

    const failed = await call(first, '{ worker }');
    const swallowed = await call(second, '{ worker }');

    expect(failed.body).toMatchObject({
      data: { worker: null },
      errors: [{ errorType: 'Lambda:Unhandled', message: 'broken' }],
    });
    expect(swallowed.body).toEqual({ data: { worker: null } });
  });

  test('gets an error of Lambda itself by its name', async () => {
    const api = await startApi({
      resolvers: [lambdaResolver(code(`return { operation: 'Invoke' }`, IGNORE))],
    });
    api.lambda.answer = () => {
      throw Object.assign(new Error('Rate exceeded'), { name: 'Lambda.TooManyRequestsException' });
    };

    const { body } = await call(api, '{ worker }');

    expect(body.errors).toMatchObject([
      { errorType: 'Lambda:TooManyRequestsException', message: 'Rate exceeded' },
    ]);
  });

  test('does not wait for an Event', async () => {
    const text = code(
      `return { operation: 'Invoke', invocationType: 'Event', payload: { a: 1 } }`,
      'return String(ctx.result)',
    );
    const api = await startApi({ resolvers: [lambdaResolver(text)] });

    const { body } = await call(api, '{ worker }');

    expect(body.data).toEqual({ worker: 'null' });
    expect(api.lambda.later).toEqual([{ a: 1 }]);
  });

  test('collects BatchInvoke calls of one request up to its batch size', async () => {
    const text = code(`return { operation: 'BatchInvoke', payload: ctx.args.text }`, IGNORE);
    const api = await startApi({ resolvers: [lambdaResolver(text, { maxBatchSize: 2 })] });
    api.lambda.answer = (event) =>
      (event as string[]).map((item) =>
        item === 'bad' ? { data: null, errorMessage: 'no', errorType: 'Bad' } : { data: `<${item}>` },
      );

    const { body } = await call(api, '{ a: worker(text:"a") b: worker(text:"bad") c: worker(text:"c") }');

    expect(api.lambda.events).toEqual([['a', 'bad'], ['c']]);
    expect(body.data).toEqual({ a: '<a>', b: null, c: '<c>' });
    expect(body.errors).toMatchObject([{ path: ['b'], errorType: 'Bad', message: 'no' }]);
  });

  test('sends BatchInvoke calls five at a time where no batch size is set', async () => {
    const text = code(`return { operation: 'BatchInvoke', payload: ctx.args.text }`, IGNORE);
    const api = await startApi({ resolvers: [lambdaResolver(text)] });
    api.lambda.answer = (event) => event;

    const { body } = await call(
      api,
      `{ ${[...'abcdefg'].map((letter) => `${letter}: worker(text: "${letter}")`).join(' ')} }`,
    );

    expect(api.lambda.events).toEqual([
      ['a', 'b', 'c', 'd', 'e'],
      ['f', 'g'],
    ]);
    expect(body.data).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd', e: 'e', f: 'f', g: 'g' });
  });

  test('without code gives the function the whole context and passes on its failure', async () => {
    const api = await startApi({ resolvers: [lambdaResolver(null)] });
    api.lambda.answer = () => {
      throw new Error('nope');
    };

    const { body } = await call(api, '{ worker(text: "x") }');

    expect(body.errors).toMatchObject([{ errorType: 'Lambda:Unhandled', message: 'nope' }]);
    expect(api.lambda.events).toMatchObject([
      {
        arguments: { text: 'x' },
        identity: null,
        source: null,
        prev: null,
        stash: {},
        info: { fieldName: 'worker' },
      },
    ]);
  });

  test('is stopped after the time that a request has', async () => {
    const text = code(`return { operation: 'Invoke', payload: {} }`, IGNORE);
    const api = await startApi({ resolvers: [lambdaResolver(text)] }, { timeoutMilliseconds: 30 });
    api.lambda.answer = () => new Promise(() => {});

    const { status, body } = await call(api, '{ worker }');

    expect(status).toBe(200);
    expect(body).toEqual({
      data: null,
      errors: [
        {
          path: null,
          data: null,
          errorType: 'ExecutionTimeout',
          errorInfo: null,
          locations: null,
          message: 'Execution timed out.',
        },
      ],
    });
  });

  test.each([
    [`return {}`, `Value for field '$[operation]' not found.`],
    [
      `return { operation: 'Dance' }`,
      `Unsupported operation 'Dance'. Lambda data sources take Invoke and BatchInvoke.`,
    ],
  ])('is told that its request is wrong: %s', async (request, message) => {
    const api = await startApi({ resolvers: [lambdaResolver(code(request, 'return 1'))] });

    const { body } = await call(api, '{ worker }');

    expect(body.errors).toMatchObject([{ errorType: 'MappingTemplate', message }]);
  });
});
