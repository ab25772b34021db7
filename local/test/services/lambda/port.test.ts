import { expect, test } from 'vitest';
import { askCloud, type Way } from './askCloud.ts';

const WAYS: readonly Way[] = ['port', 'network'];

/** What a function sees, which is the same on both ways, and how many requests come by the network when there is a port. */
const SEEN: readonly (readonly [what: string, byNetwork: number, source: string, seen: unknown])[] = [
  [
    'a body and an answer of UTF-8',
    0,
    `const { status, text } = await ask({ headers: { 'x-one': '1' } }, 'Grüße €'); return [status, JSON.parse(text).text, JSON.parse(text).one];`,
    [200, 'Grüße €', '1'],
  ],
  [
    'bytes as they are',
    0,
    `return new Promise((resolve) => http.get({ host: 'localhost', port, path: '/echo?bytes' }, (response) => {
      const parts = []; response.on('data', (part) => parts.push(part)); response.on('end', () => resolve([...Buffer.concat(parts), response.headers.etag, response.headers['content-length']])); }));`,
    [0, 200, 255, '"1"', '3'],
  ],
  ['an answer without a body', 0, `return (await ask({ path: '/echo?empty' })).status;`, 204],
  [
    'an answer to HEAD',
    0,
    `const { status, text } = await ask({ method: 'HEAD' }); return [status, text];`,
    [200, ''],
  ],
  [
    'a connection that an agent keeps',
    0,
    `const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const answers = [await ask({ agent }, 'a'), await ask({ agent }, 'b'), await ask({ agent }, 'c')];
    agent.destroy(); return answers.map(({ reused, text }) => [reused, JSON.parse(text).text]);`,
    [
      [false, 'a'],
      [true, 'b'],
      [true, 'c'],
    ],
  ],
  [
    'requests that wait for the one connection of their agent',
    0,
    `const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => ask({ agent }, text)));
    return answers.map(({ reused, text }) => [reused, JSON.parse(text).text]);`,
    [
      [false, 'a'],
      [false, 'b'],
      [false, 'c'],
    ],
  ],
  [
    'a request that is given up while it waits for a connection, and the one behind it',
    0,
    `const agent = new http.Agent({ maxSockets: 1 }); const first = ask({ agent }, 'a');
    const second = http.request({ host: '127.0.0.1', port, agent, path: '/echo' }); const failed = new Promise((resolve) => second.on('error', ({ message }) => resolve(message)));
    second.end(); second.destroy(); const third = ask({ agent }, 'c');
    return [JSON.parse((await first).text).text, await failed, JSON.parse((await third).text).text];`,
    ['a', 'socket hang up', 'c'],
  ],
  [
    'an agent that is closed during a request',
    0,
    `const agent = new http.Agent({ keepAlive: true }); const asked = ask({ agent, path: '/echo?never' }).catch(({ code }) => code);
    setTimeout(() => agent.destroy(), 50); return asked;`,
    'ECONNRESET',
  ],
  [
    'the asynchronous context of a request in its callback',
    0,
    `const { AsyncLocalStorage } = require('async_hooks'); const place = new AsyncLocalStorage();
    const here = (name) => new Promise((resolve) => place.run(name, () => http.get({ host: '127.0.0.1', port, path: '/echo' }, (response) => { response.resume(); resolve(place.getStore()); })));
    return Promise.all([here('one'), here('two')]);`,
    ['one', 'two'],
  ],
  [
    'headers that are set after the start',
    0,
    `return new Promise((resolve) => { const sent = http.request({ host: '127.0.0.1', port, path: '/echo', headers: { 'X-One': '1' } }, (response) => read(response).then((text) => resolve([JSON.parse(text).one, before])));
      const before = sent.getHeader('x-one'); sent.setHeader('x-one', '2'); sent.end(); });`,
    ['2', '1'],
  ],
  [
    'a header that HTTP does not allow',
    0,
    `try { http.request({ host: '127.0.0.1', port, path: '/echo', headers: { 'x-one': 'a\\nb' } }); } catch ({ code }) { return code; }`,
    'ERR_INVALID_CHAR',
  ],
  [
    'an answer that it does not read',
    0,
    `const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    await new Promise((resolve) => http.get({ host: '127.0.0.1', port, agent, path: '/echo' }, (response) => { response.destroy(); resolve(); }));
    return (await ask({ agent }, 'x')).status;`,
    200,
  ],
  [
    'a body in pieces, its length given',
    0,
    `return new Promise((resolve, reject) => { const sent = http.request({ host: '127.0.0.1', port, method: 'PUT', path: '/echo', headers: { 'content-length': 6 } }, (response) => read(response).then((text) => resolve(JSON.parse(text).text)));
      sent.on('error', reject); sent.write('one'); setTimeout(() => sent.end('two'), 20); });`,
    'onetwo',
  ],
  [
    'a stream of unknown length',
    1,
    `return new Promise((resolve, reject) => { const sent = http.request({ host: '127.0.0.1', port, method: 'PUT', path: '/echo' }, (response) => read(response).then((text) => resolve(JSON.parse(text).text)));
      sent.on('error', reject); require('stream').Readable.from(['one', 'two']).pipe(sent); });`,
    'onetwo',
  ],
  [
    'a body of many megabytes',
    1,
    `const { text } = await ask({}, Buffer.alloc(10e6, 'x')); return JSON.parse(text).bytes;`,
    10_000_000,
  ],
  ['a body that is too large', 1, `return (await ask({}, Buffer.alloc(21e6, 'x'))).status;`, 413],
  [
    'a question before the body',
    1,
    `return new Promise((resolve, reject) => { const sent = http.request({ host: '127.0.0.1', port, method: 'PUT', path: '/echo', headers: { expect: '100-continue', 'content-length': 3 } }, (response) => read(response).then((text) => resolve(JSON.parse(text).text)));
      sent.on('error', reject); sent.on('continue', () => sent.end('yes')); });`,
    'yes',
  ],
  [
    'headers that are repeated',
    0,
    `const { text } = await ask({ headers: { 'x-one': ['1', '2'], cookie: ['a=1', 'b=2'] } }); const { one, cookie } = JSON.parse(text); return [one, cookie];`,
    ['1, 2', 'a=1; b=2'],
  ],
  [
    'another host in the request',
    0,
    `return (await ask({ headers: { host: 'evil.example.com' } })).status;`,
    403,
  ],
  [
    'a bug of the cloud',
    0,
    `const { status, text } = await ask({ path: '/echo?bug' }); return [status, text.replace(/[0-9a-f-]{36}/, 'ID')];`,
    [500, 'InternalFailure: Internal error (id ID).'],
  ],
  [
    'the events of a request, in their order',
    0,
    `return new Promise((resolve) => { const events = []; const sent = http.request({ host: '127.0.0.1', port, method: 'POST', path: '/echo', headers: { 'content-length': 1 } });
      for (const name of ['socket', 'finish', 'response', 'close', 'error']) sent.on(name, () => events.push(name));
      sent.on('socket', (socket) => { if (socket.connecting) socket.on('connect', () => events.push('connect')); });
      sent.on('response', (response) => { response.on('end', () => events.push('end')); response.resume(); });
      sent.on('close', () => resolve(events)); sent.end('x'); });`,
    ['socket', 'connect', 'finish', 'response', 'end', 'close'],
  ],
  [
    'a request that waits longer than its timeout',
    0,
    `return new Promise((resolve) => { const sent = http.request({ host: '127.0.0.1', port, path: '/echo?never', timeout: 50 });
      sent.on('timeout', () => sent.destroy(new Error('Too slow.'))); sent.on('error', ({ message }) => resolve(message)); sent.end(); });`,
    'Too slow.',
  ],
  [
    'a request that is aborted',
    0,
    `return new Promise((resolve) => { const sent = http.request({ host: '127.0.0.1', port, path: '/echo?never', signal: AbortSignal.timeout(50) });
      sent.on('error', ({ name }) => resolve(name)); sent.end(); });`,
    'AbortError',
  ],
  [
    'a connection that a request asks to close',
    0,
    `return new Promise((resolve) => { http.get({ host: '127.0.0.1', port, path: '/echo', agent: false }, (response) => { response.resume(); response.socket.on('close', (hadError) => resolve(hadError)); }); });`,
    false,
  ],
  [
    'who is at the other end',
    0,
    `return new Promise((resolve) => http.get({ host: '127.0.0.1', port, path: '/echo' }, (response) => { const { remoteAddress, remotePort } = response.socket; response.resume(); resolve([response.socket instanceof net.Socket, remoteAddress, remotePort === port]); }));`,
    [true, '127.0.0.1', true],
  ],
  ['fetch', 1, `return (await fetch('http://127.0.0.1:' + port + '/echo')).status;`, 200],
  [
    'a connection of its own',
    1,
    `const createConnection = (options) => net.connect(options); return (await ask({ createConnection }, 'x')).status;`,
    200,
  ],
];

const EACH = SEEN.flatMap(([what, count, source, seen]) =>
  WAYS.map((way) => [way, what, count, source, seen] as const),
);

test.each(EACH)('by %s, a function sees %s', async (way, _what, count, source, seen) => {
  const cloud = await askCloud(way);

  const answered = await cloud.run(source);

  expect(answered).toEqual(seen);
  expect(cloud.byNetwork()).toBeLessThanOrEqual(way === 'port' ? count : Infinity);
});

test.each(WAYS)('by %s, a lost answer is a connection that is cut', async (way) => {
  const cloud = await askCloud(way);
  cloud.faults.arm({ point: 'echo.Ask', kind: 'lost-response', milliseconds: 0 }, 1);

  const seen = await cloud.run(
    `try { await ask({}, 'x'); } catch ({ code, message }) { return [code, message]; }`,
  );

  expect(seen).toEqual(['ECONNRESET', 'socket hang up']);
});

test.each(WAYS)('by %s, the cloud learns that a caller went away', async (way) => {
  const cloud = await askCloud(way);

  await cloud.run(
    `return new Promise((resolve) => { const sent = http.request({ host: '127.0.0.1', port, path: '/echo?never' }); sent.on('error', () => resolve()); sent.on('finish', () => setTimeout(() => sent.destroy(new Error('enough')), 100)); sent.end(); });`,
  );

  await expect.poll(() => cloud.gone).toEqual([true]);
});

test.each(WAYS)('by %s, a request keeps a function awake that waits for nothing else', async (way) => {
  const cloud = await askCloud(way);

  const seen = await cloud.run(
    `let answer; const sent = http.request({ host: '127.0.0.1', port, path: '/echo' }, (response) => { response.resume(); answer(response.statusCode); }); sent.end(); return new Promise((resolve) => { answer = resolve; });`,
  );

  expect(seen).toBe(200);
});
