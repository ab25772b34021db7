import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { follow } from '../support/follow.ts';
import { processOrder } from '../support/graphql.ts';
import type { Outputs } from '../support/localCloud.ts';
import { ended, startProcess } from '../support/startProcess.ts';
import { temporaryFolder } from '../../local/test/support/temporaryFolder.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

function outputsOf(data: string): Outputs {
  return JSON.parse(readFileSync(join(data, 'outputs.json'), 'utf8')).Countersign;
}

/** `npm start` as a shell has it: a process group of its own, which a terminal's Ctrl+C reaches as a whole. */
function startGroup(...words: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('npm', ['start', '--', ...words], { cwd: join(import.meta.dirname, '../..'), detached: true });
}

/** Resolves when the process has said that it serves. */
function ready(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    child.stdout.on('data', (chunk: Buffer) => {
      heard += chunk.toString('utf8');
      if (/^Stop with/m.test(heard)) resolve();
    });
    child.on('exit', () => reject(new Error(`It ended before it was ready: ${heard}`)));
  });
}

/** Resolves as soon as a file of this name is in the folder. */
function appears(folder: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_event, found) => {
      if (found !== name) return;
      watcher.close();
      resolve();
    });
  });
}

test.each(SIGNALS)(
  '%s to the whole group of npm start stops it in order, with exit code 0',
  async (signal) => {
    const data = temporaryFolder();
    const npm = startGroup('--port', '0', '--data', data);
    const end = ended(npm);
    await ready(npm);
    const existed = existsSync(join(data, 'outputs.json'));

    process.kill(-(npm.pid ?? 0), signal);

    expect(await end).toMatchObject({ code: 0, signal: null });
    expect(existed).toBe(true);
    expect(existsSync(join(data, 'outputs.json'))).toBe(false);
  },
);

test.each(SIGNALS)('%s, twice, stops it with orders, functions and sockets under way', async (signal) => {
  const data = temporaryFolder();
  const child = startProcess('--port', '0', '--data', data);
  const end = ended(child);
  await ready(child);
  const outputs = outputsOf(data);
  const live = await follow(outputs);
  const work = Array.from({ length: 50 }, () => processOrder(outputs, {}).catch(() => null));
  await live.until('PROCESSING');

  child.kill(signal);
  child.kill(signal);

  expect(await end).toMatchObject({ code: 0, signal: null });
  expect(existsSync(join(data, 'outputs.json'))).toBe(false);
  await Promise.all(work);
});

test.each(
  SIGNALS.flatMap((signal) =>
    ['store.sqlite', 'assembly.draft', 'web'].map((file) => [signal, file] as const),
  ),
)(
  '%s during the start, when %s has appeared, ends it with exit code 0 and without a word',
  async (signal, file) => {
    const data = temporaryFolder();
    const appeared = appears(data, file);
    const child = startProcess('--port', '0', '--data', data);
    const end = ended(child);
    await appeared;

    child.kill(signal);

    expect(await end).toEqual({ code: 0, signal: null, lines: [''] });
    expect(existsSync(join(data, 'outputs.json'))).toBe(false);
  },
);

test('replaces the outputs of a process that was killed, and opens nothing in its folder to others', async () => {
  const data = temporaryFolder();
  writeFileSync(join(data, 'outputs.json'), '{"Countersign":{"GraphQLUrl":"http://localhost:1/graphql"}}');
  const child = startProcess('--port', '0', '--data', data);
  await ready(child);
  const outputs = outputsOf(data);
  const live = await follow(outputs);
  await processOrder(outputs, {});
  await live.until('PAUSED');

  const open = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter(
    (name) => (statSync(join(data, name)).mode & 0o077) !== 0,
  );

  expect(open).toEqual([]);
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(outputs.ApiKey).toMatch(/^da2-[a-z0-9]{26}$/);
  child.kill('SIGTERM');
  await ended(child);
});

test('goes on when its output is not read any more', async () => {
  const data = temporaryFolder();
  const child = startProcess('--port', '0', '--data', data);
  const end = new Promise((resolve) => child.on('exit', resolve));
  await ready(child);
  const outputs = outputsOf(data);
  child.stdout.destroy();
  child.stderr.destroy();

  const live = await follow(outputs);
  await processOrder(outputs, {});
  await live.until('PAUSED');

  child.kill('SIGTERM');
  expect(await end).toBe(0);
});

/** The processes that a process has started, as the operating system lists them. */
function childrenOf(parent: number | undefined): readonly number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return rows
    .map((row) => row.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, of]) => (of === parent ? [pid] : []));
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.each(['SIGTERM', 'SIGKILL'] as const)('%s leaves no process behind', async (signal) => {
  const cloud = startProcess('--port', '0', '--data', temporaryFolder());
  await ready(cloud);
  const children = childrenOf(cloud.pid);
  expect(children.filter(isThere)).not.toEqual([]);

  cloud.kill(signal);

  await expect.poll(() => children.filter(isThere), { timeout: 20_000 }).toEqual([]);
});
