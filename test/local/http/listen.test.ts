import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadCertificate } from '../../../local/http/certificate.ts';
import { listen, type Listening } from '../../../local/http/listen.ts';

async function start(halfOpenMilliseconds = 100): Promise<Listening & { readonly cert: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'listen-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tls = await loadCertificate(folder);
  const listening = await listen({
    port: 0,
    tls,
    halfOpenMilliseconds,
    request: (message, response) => void message.resume().on('end', () => response.end('hello')),
    upgrade: (_message, socket) => socket.destroy(),
  });
  onTestFinished(listening.close);
  return { ...listening, cert: tls.cert };
}

function everythingFrom(socket: Socket): Promise<string> {
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  return new Promise((resolve) => socket.on('close', () => resolve(text)));
}

describe('a connection', () => {
  test.each([
    ['says nothing', ''],
    ['stops within its headers', 'POST / HTTP/1.1\r\nhost: localhost\r\n'],
    ['stops within its body', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{'],
    ['stops within its TLS handshake', '\u0016\u0003\u0001'],
  ])('that %s is dropped', async (_what, text) => {
    const { port } = await start();
    const socket = connect(port, '127.0.0.1');
    const heard = everythingFrom(socket);

    socket.write(Buffer.from(text, 'latin1'));

    expect(await heard).not.toContain('200 OK');
  });

  test('that stops within its headers is dropped under TLS too', async () => {
    const { port, cert } = await start();
    const socket = connectSecurely({ port, host: '127.0.0.1', ca: cert });
    const heard = everythingFrom(socket);

    socket.write('POST / HTTP/1.1\r\n');

    expect(await heard).not.toContain('200 OK');
  });
});
