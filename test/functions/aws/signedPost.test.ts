import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';

/** Posts to a server of this test, and waits for `timeoutMs` at most. */
async function post(listener: RequestListener, timeoutMs: number) {
  for (const [name, value] of [
    ['AWS_REGION', 'us-east-1'],
    ['AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE'],
    ['AWS_SECRET_ACCESS_KEY', 'example'],
  ] as const)
    vi.stubEnv(name, value);
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
  });
  const { port } = server.address() as AddressInfo;
  const { signedPost } = await import('../../../functions/aws/signedPost.ts');
  const url = `http://127.0.0.1:${port}/graphql`;
  return signedPost({ service: 'appsync', url, headers: {}, body: 'ä', timeoutMs });
}

test('answers with the status and the body, whatever the status is', async () => {
  const answer = await post((request, response) => void request.pipe(response.writeHead(503)), 5000);

  expect(answer).toEqual({ status: 503, body: 'ä' });
});

test('a service that does not answer in time is an error with the time that it had', async () => {
  await expect(post(() => {}, 30)).rejects.toMatchObject({
    name: 'TimeoutError',
    message: 'The service did not answer within 30 ms.',
  });
});

test('a service that stops in the middle of its answer is an error, too', async () => {
  const begin: RequestListener = (_request, response) =>
    void response.writeHead(200, { 'content-length': 10 }).write('half');

  await expect(post(begin, 100)).rejects.toThrow('aborted');
});
