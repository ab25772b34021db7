import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LoggingConfig } from '../../../services/lambda/lambda.ts';
import { runLambda, SECRET } from './runLambda.ts';

const TOKEN = `AAAAKgAAAAIAAAAAAAAAA${'Zx9+/a'.repeat(110)}==`;

const JSON_LOGS: LoggingConfig = { format: 'JSON', level: 'INFO', systemLevel: 'INFO' };

type Asked = { readonly logging?: LoggingConfig; readonly event?: string; readonly timeoutSeconds?: number };

async function logOf(source: string, { logging, event = '{}', timeoutSeconds = 1 }: Asked = {}) {
  const { addInline, lambda, logFile, stop, lines, folder } = runLambda();
  addInline(source, { ...(logging ? { logging } : {}), timeoutSeconds });
  const { requestId } = await lambda.invoke('worker', event);
  await stop();
  const text = logFile().replaceAll(requestId, '<id>');
  return { text, rows: text.replace(/\n$/, '').split('\n'), lines, folder };
}

const LEVELS = `exports.handler = async (event) => {
    console.log('a %s', 'b', { c: 1 });
    for (const level of ['trace', 'debug', 'info', 'warn', 'error']) console[level](level);
    process.stdout.write(event.raw ?? '');
    process.stdout.write(event.raw === undefined ? '' : 'text');
  };`;

test('writes the text format of Lambda', async () => {
  const { rows } = await logOf(LEVELS, { event: '{"raw":"raw "}' });

  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;
  expect(rows.map((row) => row.replace(time, '<time>'))).toEqual([
    'START RequestId: <id> Version: $LATEST',
    '<time>\t<id>\tINFO\ta b { c: 1 }',
    '<time>\t<id>\tTRACE\ttrace',
    '<time>\t<id>\tDEBUG\tdebug',
    '<time>\t<id>\tINFO\tinfo',
    '<time>\t<id>\tWARN\twarn',
    '<time>\t<id>\tERROR\terror',
    'raw text',
    'END RequestId: <id>',
    expect.stringMatching(/^REPORT RequestId: <id>\t.*Init Duration: [\d.]+ ms\t$/),
  ]);
});

test('writes the JSON format of Lambda, from the level of the template', async () => {
  const source = LEVELS.replace("'a %s', 'b', { c: 1 }", "{ orderId: '42' }");

  const { rows } = await logOf(source, { logging: { ...JSON_LOGS, level: 'WARN' } });

  expect(rows.map((row) => JSON.parse(row))).toMatchObject([
    { type: 'platform.start', record: { requestId: '<id>', version: '$LATEST' } },
    { level: 'WARN', requestId: '<id>', message: 'warn' },
    { level: 'ERROR', message: 'error' },
    {
      type: 'platform.report',
      record: { requestId: '<id>', status: 'success', metrics: { memorySizeMB: 128 } },
    },
  ]);
});

test.each([
  ['nothing of an invocation that went well', 'async () => console.info(1)', [{ level: 'INFO' }]],
  [
    'the report of one that failed',
    'async () => { throw new Error("no"); }',
    [{ level: 'ERROR' }, { type: 'platform.report', record: { status: 'error' } }],
  ],
])("Lambda's own lines from the level WARN: %s", async (_what, handler, expected) => {
  const logging: LoggingConfig = { ...JSON_LOGS, systemLevel: 'WARN' };

  const { rows } = await logOf(`exports.handler = ${handler};`, { logging });

  expect(rows.map((row) => JSON.parse(row))).toMatchObject(expected);
});

test('keeps an object an object, and an error its members, in JSON', async () => {
  const source = `exports.handler = async () => {
      console.info({ orderId: '42' });
      throw Object.assign(new TypeError('no'), { code: 'E1' });
    };`;

  const { rows } = await logOf(source, { logging: JSON_LOGS });

  expect(rows.map((row) => JSON.parse(row))).toMatchObject([
    {},
    { level: 'INFO', message: { orderId: '42' } },
    {
      level: 'ERROR',
      message: { errorType: 'TypeError', errorMessage: 'no', code: 'E1', stackTrace: expect.any(Array) },
    },
    { record: { status: 'error' } },
  ]);
});

test('logs a failure as the runtime does', async () => {
  const { text } = await logOf('exports.handler = async () => { throw new TypeError("no") }');

  expect(text).toMatch(
    /\t<id>\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no","stack":\["TypeError: no"/,
  );
});

test('logs a timeout, with all that the function wrote before', async () => {
  const { text } = await logOf('exports.handler = async () => { console.log("before"); for (;;); }');

  expect(text).toMatch(/INFO\tbefore\n/);
  expect(text).toMatch(
    /Z <id> Task timed out after 1\.00 seconds\n\nEND RequestId: <id>\nREPORT .*Status: timeout/,
  );
});

test.each([
  ['process.exit(3)', 'exit status 3', /Max Memory Used: \d+ MB/],
  ['const a = []; for (;;) a.push({ a })', 'signal: killed', /Memory Size: 128 MB\tMax Memory Used: 128 MB/],
])('says how a runtime ended: %s', async (source, reason, memory) => {
  const text = (await logOf(`exports.handler = async () => { ${source} }`, { timeoutSeconds: 60 })).text;
  const json = await logOf(`exports.handler = async () => { ${source} }`, {
    timeoutSeconds: 60,
    logging: JSON_LOGS,
  });

  expect(text).toContain(
    `RequestId: <id> Error: Runtime exited with error: ${reason}\nRuntime.ExitError\nEND RequestId: <id>\n`,
  );
  expect(text).toMatch(/\tStatus: error\tError Type: Runtime\.ExitError\t\n$/);
  expect(text).toMatch(memory);
  expect(JSON.parse(json.rows.at(-1) ?? '').record).toMatchObject({
    status: 'error',
    errorType: 'Runtime.ExitError',
  });
});

test('keeps every secret out of the file and the terminal', async () => {
  const { text, lines } = await logOf(`exports.handler = async () => {
      const token = '${TOKEN}';
      console.log({ token }, encodeURIComponent(token), JSON.stringify(JSON.stringify({ token })));
      console.error(new Error('with ' + token));
      console.log('da2-abcdefghijklmnopqrstuvwxyz', process.env);
      process.stdout.write(token.slice(0, 300));
      process.stdout.write(token.slice(300) + '\\n');
      require('node:fs').writeSync(1, token + '\\n');
    };`);

  const everything = text + lines.join('\n');
  expect(everything).not.toContain('Zx9');
  expect(everything).not.toContain('da2-a');
  expect(everything).not.toContain(SECRET);
  expect(everything.match(/\[secret\]/g)?.length).toBeGreaterThan(8);
});

test('has what a function writes past the console, or through a program that it starts, and hides the same', async () => {
  const ways: Readonly<Record<string, string>> = {
    debug: 'process._rawDebug(text)',
    descriptor: 'fs.writeFileSync(1, text + "\\n")',
    pieces: 'fs.writevSync(1, [Buffer.from(text.slice(0, 200)), Buffer.from(text.slice(200) + "\\n")])',
    part: 'fs.writeSync(2, Buffer.from("no" + text + "\\nno"), 2, text.length + 1)',
    device: 'fs.appendFileSync("/dev/stdout", text + "\\n")',
    promise: 'await fs.promises.writeFile("/dev/stderr", text + "\\n")',
    stream:
      'await new Promise((done) => fs.createWriteStream("/proc/self/fd/1").end(text + "\\n", () => done()))',
    awaited: 'cp.spawnSync("cat", { input: text + "\\n", stdio: ["pipe", "inherit", "inherit"] })',
    command: 'cp.execSync("echo " + text, { stdio: "inherit" })',
    started: 'await new Promise((done) => cp.spawn("echo", [text], { stdio: "inherit" }).on("close", done))',
    redirected:
      'await new Promise((done) => cp.spawn("echo", [text], { stdio: [0, 2, 2] }).on("close", done))',
  };
  const calls = Object.entries(ways).map(([name, call]) => `text = '${name}:' + token; ${call};`);

  const { text, lines } = await logOf(
    `const fs = require('node:fs'); const cp = require('node:child_process');
     exports.handler = async () => { const token = '${TOKEN}'; let text; ${calls.join('\n')} };`,
  );

  const hidden = Object.keys(ways).map((name) => `${name}:[secret]`);
  expect(text.split('\n').filter((line) => line.includes('[secret]'))).toEqual(hidden);
  expect(lines).toEqual(hidden.map((line) => `worker ${line}`));
});

test('cuts no secret in two in a line without an end', async () => {
  const { text } = await logOf(`exports.handler = async () => {
      process.stdout.write('x '.repeat(524_100) + '${TOKEN} ');
      process.stdout.write('y'.repeat(300) + '\\n');
    };`);

  expect(text).not.toContain('Zx9');
  expect(text).toContain('[secret] yyy');
});

test('shows the terminal what the function said, and not what Lambda adds', async () => {
  const { lines } = await logOf('exports.handler = async () => console.log("hello")');

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^worker .*\tINFO\thello$/);
});

test('keeps log files private and of bounded size', async () => {
  const { addInline, lambda, folder, stop } = runLambda();
  addInline(
    'exports.handler = async () => { for (let i = 0; i < 90; i++) console.log("x".repeat(100_000)); }',
  );

  await lambda.invoke('worker', '{}');
  await lambda.invoke('worker', '{}');
  await stop();

  const files = ['worker.log', 'worker.log.1'].map((name) => statSync(join(folder, 'logs', name)));
  expect(files.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600]);
  for (const { size } of files) expect(size).toBeLessThan(5_500_000);
});
