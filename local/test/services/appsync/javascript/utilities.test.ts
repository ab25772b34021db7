import { describe, expect, test } from 'vitest';
import { call, load, NOW, run, sealedEvaluator, valueOf } from './runHandler.ts';

/** The examples of AWS's reference of `util`, and what its words say of the edges. */
describe('util', () => {
  test.each([
    ['util.escapeJavaScript(`it\'s a "new" line\\n/ü`)', 'it\\\'s a \\"new\\" line\\n\\/\\u00FC'],
    ["util.urlEncode('a b&c=ü/~*')", 'a+b%26c%3D%C3%BC%2F%7E*'],
    ["util.urlDecode('a+b%26c%3D%C3%BC')", 'a b&c=ü'],
    ["util.base64Encode('Grüße')", 'R3LDvMOfZQ=='],
    ["util.base64Decode('R3LDvMOfZQ==')", 'Grüße'],
    ["util.base64Decode(util.base64Encode('a😀'))", 'a😀'],
    ["util.matches('a*b', 'aaaaab')", true],
    ["util.matches('a*b', 'b')", true],
    ["util.matches('a*b', 'ba')", false],
    ["util.matches('^[A-Z]{2}\\\\d+$', 'AB12')", true],
    ["util.str.normalize('e\u0301', 'nfc')", 'é'],
    ['util.math.roundNum(10.5)', 11],
    ['util.math.minVal(3, 2)', 2],
    ['util.math.maxVal(3, 2)', 3],
    ["util.http.copyHeaders({ host: 'a', 'x-one': '1' })", { 'x-one': '1' }],
  ])('%s', async (expression, expected) => {
    expect(await valueOf(expression)).toEqual(expected);
  });

  test.each([
    ['util.time.nowISO8601()', '2026-03-04T05:06:07.089Z'],
    ['util.time.nowEpochSeconds()', Math.floor(NOW / 1000)],
    ['util.time.nowEpochMilliSeconds()', NOW],
    ["util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ')", '2026-03-04 05:06:07+0000'],
    ["util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')", '2026-03-04 13:06:07+0800'],
    ["util.time.nowFormatted('EEE, d MMM yy h:mm a')", 'Wed, 4 Mar 26 5:06 AM'],
    [
      "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 01:00:00+0800', 'yyyy-MM-dd HH:mm:ssZ')",
      1_517_418_000_000,
    ],
    [
      "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 01:00:00', 'yyyy-MM-dd HH:mm:ss', 'Australia/Perth')",
      1_517_418_000_000,
    ],
    ["util.time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')", 1_517_476_865_180],
    ['util.time.epochMilliSecondsToSeconds(1517943695750)', 1_517_943_695],
    ['util.time.epochMilliSecondsToISO8601(1517943695750)', '2018-02-06T19:01:35.750Z'],
    [
      "util.time.epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ')",
      '2018-02-06 19:01:35+0000',
    ],
    [
      "util.time.epochMilliSecondsToFormatted(1517943695750, 'yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')",
      '2018-02-07 03:01:35+0800',
    ],
  ])('%s', async (expression, expected) => {
    expect(await valueOf(expression)).toBe(expected);
  });

  test.each([
    ['util.autoId()', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['util.autoUlid()', /^01K[0-9A-HJKMNP-TV-Z]{23}$/],
    ['util.autoKsuid()', /^[0-9A-Za-z]{27}$/],
  ])('%s is another one each time', async (expression, form) => {
    const [one, other] = [await valueOf(expression), await valueOf(expression)];

    expect(one).toMatch(form);
    expect(other).toMatch(form);
    expect(one).not.toBe(other);
  });

  test('random numbers stay within their range', async () => {
    const numbers = await valueOf("Array(200).fill('a').map(() => util.math.randomWithinRange(2, 5))");

    expect(new Set(numbers as number[])).toEqual(new Set([2, 3, 4]));
    expect(await valueOf('util.math.randomDouble() < 1 && Math.random() < 1')).toBe(true);
  });

  test.each([
    ["util.urlDecode('%zz')", 'util.urlDecode: this is not URL-encoded: %zz'],
    ["util.base64Decode('!')", 'util.base64Decode: this is not base64: !'],
    ["util.str.normalize('a', 'nfx')", 'util.str.normalize takes nfc, nfd, nfkc or nfkd, not nfx.'],
    [
      "util.time.parseISO8601ToEpochMilliSeconds('yesterday')",
      'util.time: yesterday is not an ISO 8601 time with a time zone.',
    ],
    ["util.time.nowFormatted('QQQ')", 'util.time: the pattern letter Q is not supported locally.'],
  ])('%s says what is wrong', async (expression, message) => {
    expect(await run(`return ${expression};`)).toMatchObject({
      kind: 'failed',
      type: 'Code',
      message: expect.stringContaining(message),
    });
  });

  test('authType tells how the caller was let in', async () => {
    expect(await valueOf('util.authType()')).toBe('API Key Authorization');
    expect(await valueOf('util.authType()', { identity: { userArn: 'arn' } })).toBe('IAM Authorization');
  });

  test('unauthorized ends the handler with the sentence of AppSync', async () => {
    const info = { fieldName: 'order', parentTypeName: 'Query' };

    expect(await run('util.unauthorized(); return 1;', { info })).toMatchObject({
      kind: 'error',
      unauthorized: true,
      type: 'Unauthorized',
      message: 'Not Authorized to access order on type Query',
    });
  });

  test('JSON.parse answers a text that is none with a blank one', async () => {
    expect(await valueOf("[JSON.parse('{'), JSON.parse('1')]")).toEqual(['', 1]);
  });
});

describe('a handler', () => {
  test('answers with its result as JSON, its stash, headers, extensions and log', async () => {
    const outcome = await run(`
      ctx.stash.seen = true;
      util.http.addResponseHeader('X-One', 1);
      util.http.addResponseHeaders({ 'x-two': 'b' });
      extensions.setSubscriptionFilter({ filterGroup: [] });
      util.appendError('partly', 'Partial', { a: 1 }, { b: 2 });
      console.log('saw', { a: [1] });
      console.error('bad');
      return { payload: 1 };`);

    expect(outcome).toEqual({
      kind: 'result',
      value: '{"payload":1}',
      stash: '{"seen":true}',
      responseHeaders: [
        ['X-One', '1'],
        ['x-two', 'b'],
      ],
      extensions: [{ name: 'setSubscriptionFilter', argument: { filterGroup: [] } }],
      appended: [{ message: 'partly', type: 'Partial', data: { a: 1 }, info: { b: 2 } }],
      logs: [
        { level: 'INFO', text: 'saw {"a":[1]}' },
        { level: 'ERROR', text: 'bad' },
      ],
    });
  });

  test('util.error ends it with message, type, data and info', async () => {
    const outcome = await run('util.error("no", "Refused", { a: 1 }, { retryable: false }); return 1;');

    expect(outcome).toMatchObject({
      kind: 'error',
      message: 'no',
      type: 'Refused',
      data: { a: 1 },
      info: { retryable: false },
    });
  });

  test.each([
    ["runtime.earlyReturn({ a: 1 }, { skipTo: 'END' });", { value: '{"a":1}', skipTo: 'END' }],
    ['runtime.earlyReturn();', { value: 'null', skipTo: null }],
  ])('%s ends it at once', async (body, expected) => {
    expect(await run(`${body} util.error('never');`)).toMatchObject({ kind: 'earlyReturn', ...expected });
  });

  test('a bug in it is told without ending anything', async () => {
    expect(await run('return ctx.args.a.b.c;')).toMatchObject({
      kind: 'failed',
      type: 'Code',
      message: "code.js:2:50: TypeError: Cannot read property 'b' of undefined",
    });
  });

  test('reads its arguments under both names, and may change what they hold but not replace them', async () => {
    const context = { arguments: { a: 1 } };

    expect(await valueOf('[ctx.args.a, ctx.arguments.a]', context)).toEqual([1, 1]);
    expect(await run('ctx.args.b = 2; return ctx.arguments;', context)).toMatchObject({
      value: '{"a":1,"b":2}',
    });
    expect(await run('ctx.args = {}; return 1;', context)).toMatchObject({ kind: 'failed', type: 'Code' });
  });

  test('sees the selection set, which does not get into what it returns', async () => {
    const info = { fieldName: 'a', selectionSetList: ['b', 'b/c'], selectionSetGraphQL: '{ b { c } }' };

    expect(await valueOf('[ctx.info.selectionSetList, ctx.info]', { info })).toEqual([
      ['b', 'b/c'],
      { fieldName: 'a' },
    ]);
  });

  test('gets 5 MB out, and not more', async () => {
    const half = "Array(2621441).join('x')";

    expect(await run(`return ${half};`)).toMatchObject({ kind: 'result' });
    expect(await run(`return [${half}, ${half}];`)).toMatchObject({
      kind: 'failed',
      type: 'MappingTemplate',
      message: 'The evaluated result of the resolver is larger than 5 MB.',
    });
  });

  test('hears of code that was never loaded', async () => {
    const evaluator = sealedEvaluator();
    await load(evaluator, 'return 1;', 'known');

    expect(await call(evaluator, { codeId: 'other' })).toMatchObject({
      kind: 'failed',
      message: 'No code was loaded as other.',
    });
  });

  test('is replaced by what is loaded under its name', async () => {
    const evaluator = sealedEvaluator();
    await load(evaluator, 'return 1;');
    const first = await call(evaluator);
    await load(evaluator, 'return 2;');

    expect([first, await call(evaluator)]).toMatchObject([{ value: '1' }, { value: '2' }]);
  });
});
