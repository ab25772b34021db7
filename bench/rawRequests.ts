import { connect, type Socket } from 'node:net';

export type Load = { readonly port: number; readonly connections: number; readonly milliseconds: number };

/** Sends the same HTTP request over kept-alive connections, one at a time each; resolves with the answers per second. */
export async function measureRequests(
  load: Load,
  path: string,
  init: { headers: Record<string, string>; body: string },
) {
  const head = Object.entries(init.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const bytes = Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: localhost:${load.port}\r\ncontent-length: ${Buffer.byteLength(init.body)}\r\n${head.join('')}\r\n${init.body}`,
  );
  const startedAt = performance.now();
  const until = startedAt + load.milliseconds;
  const counts = await Promise.all(
    Array.from({ length: load.connections }, () => runConnection(load.port, bytes, until)),
  );
  const answers = counts.reduce((sum, count) => sum + count, 0);
  return (answers / (performance.now() - startedAt)) * 1000;
}

function runConnection(port: number, request: Buffer, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let count = 0;
    let pending = '';
    socket.on('error', reject);
    socket.on('connect', () => socket.write(request));
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      const length = answerLength(pending);
      if (length === null || pending.length < length) return;
      if (!pending.startsWith('HTTP/1.1 200')) {
        reject(new Error(pending.slice(0, 300)));
        socket.destroy();
        return;
      }
      pending = pending.slice(length);
      count += 1;
      if (performance.now() < until) socket.write(request);
      else finish(socket, () => resolve(count));
    });
  });
}

function answerLength(text: string): number | null {
  const end = text.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  return end < 0 || length === undefined ? null : end + 4 + Number(length);
}

function finish(socket: Socket, done: () => void): void {
  socket.on('close', done);
  socket.destroy();
}
