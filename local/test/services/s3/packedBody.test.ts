import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { setUpS3 } from './serveS3.ts';

test.each([
  ['nothing', Buffer.alloc(0)],
  ['few bytes', Buffer.from('x')],
  ['text', Buffer.from('{"status":"PAUSED"}'.repeat(50))],
  ['random bytes', randomBytes(1000)],
  ['many bytes', Buffer.alloc(200_000, 'abc')],
])('%s comes back byte for byte, with its own size', async (_name, body) => {
  const { ask } = setUpS3();
  await ask({ method: 'PUT', path: '/bucket/k', body });

  const got = await ask({ path: '/bucket/k' });
  const head = await ask({ method: 'HEAD', path: '/bucket/k' });

  expect(Buffer.compare(Buffer.from(got.body), body)).toBe(0);
  expect(head.headers['content-length']).toBe(String(body.length));
  expect((await ask({ path: '/bucket?list-type=2' })).text).toContain(`<Size>${body.length}</Size>`);
});

test('a part of packed text is the part of the text', async () => {
  const { ask } = setUpS3();
  await ask({ method: 'PUT', path: '/bucket/k', body: '0123456789'.repeat(50) });

  expect((await ask({ path: '/bucket/k', headers: { range: 'bytes=101-104' } })).text).toBe('1234');
});

test('text takes less room on disk than in an answer', async () => {
  const { ask, store } = setUpS3();
  await ask({ method: 'PUT', path: '/bucket/k', body: '{"status":"PAUSED"}'.repeat(50) });

  const row = store.statement('SELECT length(body) AS kept, size FROM s3_current').get();

  expect(row?.['size']).toBe(950);
  expect(Number(row?.['kept'])).toBeLessThan(100);
});
