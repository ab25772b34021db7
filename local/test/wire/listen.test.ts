import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadCertificate } from '../../wire/certificate.ts';
import { listen, type Listening } from '../../wire/listen.ts';

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

/** What a connection hears for what it sends, up to its end. */
async function heardFor(text: string): Promise<string> {
  const { port } = await start(2_000);
  const socket = connect(port, '127.0.0.1');
  const heard = everythingFrom(socket);
  socket.write(text);
  return heard;
}

describe('a request', () => {
  test('that offers HTTP/2 is answered as any other', async () => {
    const heard = await heardFor(
      'POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade, HTTP2-Settings, close\r\n' +
        'upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQCAAAAAAIAAAAA\r\ncontent-length: 2\r\n\r\n{}',
    );

    expect(heard).toContain('200 OK');
    expect(heard).toContain('hello');
  });

  test.each([
    ['that is none', 'nonsense\r\n\r\n', '400 Bad Request', 'MalformedHttpRequestException'],
    [
      'with huge headers',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      '431 Request Header Fields Too Large',
      'RequestHeaderFieldsTooLargeException',
    ],
    [
      'that does not end',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{',
      '408 Request Timeout',
      'RequestTimeoutException',
    ],
  ])('%s is refused with the header of its type', async (_what, text, status, errorType) => {
    const heard = await heardFor(text);

    expect(heard).toContain(`HTTP/1.1 ${status}`);
    expect(heard).toContain(`x-amzn-errortype: ${errorType}`);
    expect(heard).toMatch(/x-amzn-requestid: [0-9a-f-]{36}/);
  });
});
