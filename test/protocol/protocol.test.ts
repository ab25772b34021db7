import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { describeProtocol } from './describeProtocol.ts';
import { targetOf, type ProtocolTarget } from './protocolTarget.ts';
import { writeRooms } from './rooms/template.ts';
import { LOCAL_RULES } from './rules/localRules.ts';
import { ORDER_RULES, PROTOCOL_RULES, ROOM_RULES } from './rules/protocolRules.ts';

// PROTOCOL_OUTPUTS and PROTOCOL_ROOMS_OUTPUTS name the outputs files of deployed stacks to be held to the same rules.
const { PROTOCOL_OUTPUTS, PROTOCOL_ROOMS_OUTPUTS } = process.env;

const assembly = mkdtempSync(join(tmpdir(), 'rooms-'));
writeRooms(assembly);
const started: LocalCloud[] = [];

beforeAll(async () => {
  started.push(await startLocalCloud(), await startLocalCloud({ assembly }));
});
afterAll(async () => {
  for (const cloud of started) await cloud.remove();
  rmSync(assembly, { recursive: true });
});

function cloudAt(index: number): LocalCloud {
  const cloud = started[index];
  if (cloud === undefined) throw new Error('The local cloud has not started.');
  return cloud;
}

const targetAt = (index: number) => (): ProtocolTarget => targetOf(join(cloudAt(index).data, 'outputs.json'));

describeProtocol('of the order API on a local cloud', ORDER_RULES, targetAt(0));
describeProtocol('of the API made for the rules on a local cloud', ROOM_RULES, targetAt(1));
describeProtocol('and what a local cloud adds', LOCAL_RULES, () => cloudAt(1));

if (PROTOCOL_OUTPUTS !== undefined)
  describeProtocol(`of ${PROTOCOL_OUTPUTS}`, ORDER_RULES, () => targetOf(PROTOCOL_OUTPUTS));
if (PROTOCOL_ROOMS_OUTPUTS !== undefined)
  describeProtocol(`of ${PROTOCOL_ROOMS_OUTPUTS}`, ROOM_RULES, () => targetOf(PROTOCOL_ROOMS_OUTPUTS));

test('every rule has an id of its own', () => {
  const ids = PROTOCOL_RULES.map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
});
