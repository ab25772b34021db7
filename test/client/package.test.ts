import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  INSTALL_TIMEOUT_MILLISECONDS,
  installClient,
  installedPackages,
  type Installed,
} from './support/installClient.ts';
import { installedCommand } from '../support/installedCommand.ts';

const ROOT = join(import.meta.dirname, '../..');
const MAX_BYTES = 60_000;
const PROGRAM = `import { createClient, OrderAlreadyDecided, type Order } from '@countersign/client';
import { useOrder } from '@countersign/client/react';
const client = createClient({ url: 'http://localhost:4000/graphql', apiKey: 'da2-example' });
export const versions = async (order: Order): Promise<number[]> => {
  const seen: number[] = [];
  for await (const { version } of client.watchOrder(order.orderId)) seen.push(version);
  return seen;
};
export const stateOf = (order: Order): string => useOrder(client, order.orderId).state;
export const who = (error: unknown): string | null =>
  error instanceof OrderAlreadyDecided ? error.decision.decidedBy : null;
`;

const WITH_WS = `import { createClient } from '@countersign/client';
import WebSocket from 'ws';
createClient({ url: 'http://localhost:4000/graphql', apiKey: 'da2-example', WebSocket });
`;

const packageFile: { scripts: { prepack: string }; files: string[]; dependencies?: object } = JSON.parse(
  readFileSync(join(ROOT, 'client/package.json'), 'utf8'),
);

describe('the package of the client', () => {
  test('is built whenever it is packed, and depends on nothing', () => {
    expect(packageFile.scripts.prepack).toBe('node build.ts');
    expect(packageFile.files).toEqual(['dist']);
    expect(packageFile).not.toHaveProperty('dependencies');
    expect(packageFile).not.toHaveProperty('private');
  });

  let installed: Installed;
  beforeAll(() => {
    installed = installClient();
    return installed.remove;
  }, INSTALL_TIMEOUT_MILLISECONDS);

  const read = (file: string) =>
    readFileSync(join(installed.folder, 'node_modules/@countersign/client/dist', file), 'utf8');

  const problemsOf = (program: string): string => {
    writeFileSync(join(installed.folder, 'program.ts'), program);
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--types',
      '',
    ];
    return spawnSync(process.execPath, [installedCommand('tsc'), ...flags, 'program.ts'], {
      cwd: installed.folder,
      encoding: 'utf8',
    }).stdout;
  };

  test('installs from its tarball as one package of at most 60 KB', () => {
    expect(installedPackages(installed.folder)).toEqual(['@countersign/client']);
    expect(installed.unpackedBytes).toBeLessThan(MAX_BYTES);
  });

  test('exports its calls and its errors', async () => {
    const module: object = await import(
      join(installed.folder, 'node_modules/@countersign/client/dist/countersign.js')
    );

    expect(Object.keys(module).toSorted()).toEqual([
      'ClientError',
      'InternalError',
      'NotAllowed',
      'OrderAlreadyDecided',
      'OrderAlreadyExists',
      'OrderNotFound',
      'Throttled',
      'Unauthorized',
      'Unreachable',
      'ValidationError',
      'createClient',
      'isClientError',
      'isFinal',
    ]);
    expect(read('countersign.js')).not.toMatch(/^import /m);
  });

  test('has types that a strict program can use', () => {
    expect(problemsOf(PROGRAM)).toBe('');
  });

  test('has types that take the WebSocket of the package ws', () => {
    const types = join(installed.folder, 'node_modules/@types');
    mkdirSync(types);
    symlinkSync(join(ROOT, 'node_modules/@types/ws'), join(types, 'ws'), 'junction');

    expect(problemsOf(WITH_WS)).toBe('');
  });

  test('has short lines, because Node prints the whole line that threw an uncaught error', () => {
    const lines = read('countersign.js')
      .split('\n')
      .map(({ length }) => length);

    expect(Math.max(...lines)).toBeLessThan(3000);
  });

  test('exports hooks for React, and brings no React', () => {
    const [, names = ''] = /export\{(.*)\}/.exec(read('react.js')) ?? [];
    const imported = [...read('react.js').matchAll(/from"([^"]+)"/g)].map(([, name]) => name);

    expect(names.match(/use\w+/g)).toEqual(['useConnection', 'useOrder', 'usePendingOrders']);
    expect(new Set(imported)).toEqual(new Set(['react']));
  });

  test('brings both schema files, which together every GraphQL tool can read', () => {
    const text = `${read('appsync.graphql')}\n${read('schema.graphql')}`;

    expect(Object.keys(buildSchema(text).getTypeMap())).toContain('OrderStatusEvent');
    expect(parse(read('schema.graphql')).definitions.length).toBeGreaterThan(0);
  });
});
