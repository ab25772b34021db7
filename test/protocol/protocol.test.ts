import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../support/localCloud.ts';
import { describeProtocol } from './describeProtocol.ts';
import { type ProtocolTarget, targetOf } from './protocolTarget.ts';
import { writeRooms } from '../../local/test/support/rooms.ts';
import { LOCAL_RULES } from './rules/localRules.ts';
import { ORDER_RULES, PROTOCOL_RULES, ROOM_RULES } from './rules/protocolRules.ts';

// Outputs files of deployed stacks to be held to the same rules: of the application, and of `local/test/support/rooms.ts`.
const { PROTOCOL_OUTPUTS, PROTOCOL_ROOMS_OUTPUTS } = process.env;

describe('on a local cloud', () => {
  const assembly = mkdtempSync(join(tmpdir(), 'rooms-'));
  const started: LocalCloud[] = [];
  beforeAll(async () => {
    writeRooms(assembly);
    started.push(await startLocalCloud(), await startLocalCloud({ assembly }));
  });
  afterAll(async () => {
    for (const cloud of started) await cloud.remove();
    rmSync(assembly, { recursive: true });
  });
  const cloudAt = (index: number): LocalCloud => {
    const cloud = started[index];
    if (cloud === undefined) throw new Error('The local cloud has not started.');
    return cloud;
  };
  const targetAt = (index: number) => (): ProtocolTarget =>
    targetOf(join(cloudAt(index).data, 'outputs.json'));

  describeProtocol('of the order API', ORDER_RULES, targetAt(0));
  describeProtocol('of the API made for the rules', ROOM_RULES, targetAt(1));
  describeProtocol('and what a local cloud adds', LOCAL_RULES, () => cloudAt(1));
});

if (PROTOCOL_OUTPUTS !== undefined)
  describeProtocol('of the order API on AWS', ORDER_RULES, () => targetOf(PROTOCOL_OUTPUTS));
if (PROTOCOL_ROOMS_OUTPUTS !== undefined)
  describeProtocol('of the API made for the rules on AWS', ROOM_RULES, () =>
    targetOf(PROTOCOL_ROOMS_OUTPUTS),
  );

test('every rule has an id of its own', () => {
  const ids = PROTOCOL_RULES.map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
});
