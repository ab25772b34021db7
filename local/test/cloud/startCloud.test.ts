import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startCloud } from '../../cloud/startCloud.ts';
import { writeRooms } from '../support/rooms.ts';
import { openSocket } from '../services/appsync/support/openSocket.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('a request and a socket that come while the cloud starts are answered when it has started', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'starting-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [assembly, web] = [join(folder, 'assembly'), join(folder, 'web')];
  writeRooms(assembly);
  mkdirSync(web);
  const [asked, synthesized] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  const port = await freePort();
  const starting = startCloud({
    data: join(folder, 'data'),
    port,
    testControls: false,
    functionPorts: true,
    people: [],
    assembly: () => (asked.resolve(), synthesized.promise),
    host: null,
    files: async () => web,
    onLog: () => {},
  });
  await asked.promise;

  const opening = openSocket(`ws://127.0.0.1:${port}/graphql/realtime`);
  const answer = fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', body: '{}' });
  // Preflights wait for nothing: when they are answered, the two above have long come.
  for (let count = 0; count < 3; count += 1)
    await fetch(`http://127.0.0.1:${port}/graphql`, { method: 'OPTIONS' });
  synthesized.resolve(assembly);

  expect((await answer).status).toBe(401);
  expect(await (await opening).next()).toMatchObject({ type: 'connection_error' });
  await (await starting).stop();
});
