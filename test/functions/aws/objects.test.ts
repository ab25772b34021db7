import { describe, expect, test, vi } from 'vitest';
import { parseOrderId } from '../../../functions/order/orderId.ts';
import { useWire } from '../fakes/wire.ts';

const wire = useWire();
const objects = () => import('../../../functions/aws/objects.ts');
const record = (key: string) => ({ bucket: 'records', key }) as const;
const refusal = (Code: string) => `<Error><Code>${Code}</Code><Message>No.</Message></Error>`;

describe('objects', () => {
  test('are created only if they are new', async () => {
    wire.answer = () => ({ status: 200, headers: { etag: '"1"' } });
    const { createObject } = await objects();

    const etag = await createObject(record('decisions/a.json'), { kind: 'CONFIRMED' });

    expect(etag).toBe('"1"');
    expect(wire.heard[0]).toMatchObject({
      method: 'PUT',
      url: '/orders/decisions/a.json?x-id=PutObject',
      body: '{"kind":"CONFIRMED"}',
      headers: { 'if-none-match': '*', 'x-amz-security-token': 'a-session' },
    });
  });

  test('are replaced only if they are the ones that were read', async () => {
    const { replaceObject } = await objects();

    await replaceObject(record('orders/a.json'), {}, '"1"');

    expect(wire.heard[0]?.headers['if-match']).toBe('"1"');
  });

  test.each([
    [412, 'PreconditionFailed'],
    [409, 'ConditionalRequestConflict'],
    [404, 'NoSuchKey'],
  ])('a write that is answered %i %s has lost a race, and is not repeated', async (status, code) => {
    wire.answer = () => ({ status, body: refusal(code) });
    const { createObject, replaceObject } = await objects();

    expect([await createObject(record('a'), {}), await replaceObject(record('a'), {}, '"1"')]).toEqual([
      null,
      null,
    ]);
    expect(wire.heard).toHaveLength(2);
  });

  test('are read with their ETag, or are null', async () => {
    wire.answer = ({ url }) =>
      url.includes('missing')
        ? { status: 404, body: refusal('NoSuchKey') }
        : { status: 200, body: '{"a":1}', headers: { etag: '"1"' } };
    const { readObject } = await objects();

    expect(await readObject(record('found'))).toEqual({ value: { a: 1 }, etag: '"1"' });
    expect(await readObject(record('missing'))).toBeNull();
  });

  test('a refusal is not taken for an absence', async () => {
    wire.answer = () => ({ status: 403, body: refusal('AccessDenied') });
    const { readObject } = await objects();

    await expect(readObject(record('a'))).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('a call is tried three times, also when no answer came', async () => {
    wire.answer = () =>
      wire.heard.length < 3 ? 'silence' : { status: 200, body: '1', headers: { etag: '"1"' } };
    const { readObject } = await objects();

    expect(await readObject(record('a'))).toEqual({ value: 1, etag: '"1"' });
    expect(wire.heard).toHaveLength(3);
  });

  test('the winner of a race is read again when the answer to its write was lost', async () => {
    const decision = {
      kind: 'CONFIRMED',
      decidedBy: null,
      isVerified: false,
      reason: null,
      at: '2026-01-01T00:00:00.000Z',
    } as const;
    wire.answer = ({ method }) => {
      if (method === 'GET') return { status: 200, body: JSON.stringify(decision) };
      return wire.heard.length === 1 ? 'silence' : { status: 412, body: refusal('PreconditionFailed') };
    };
    const { decideOnce } = await import('../../../functions/records/decisions.ts');

    const standing = await decideOnce(parseOrderId('a'), decision);

    expect(standing).toEqual(decision);
    expect(wire.heard.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'GET']);
  });

  test('a mark is empty, and the SDK has nothing to warn of', async () => {
    const warnings = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { putMark } = await objects();

    await putMark(record('pending/a'));

    expect(wire.heard[0]).toMatchObject({ method: 'PUT', body: '', headers: { 'content-length': '0' } });
    expect(warnings).not.toHaveBeenCalled();
    warnings.mockRestore();
  });

  test('each bucket gets its own, also from one function', async () => {
    const { putMark, removeObject } = await objects();

    await putMark(record('ended/a'));
    await removeObject({ bucket: 'waiting', key: '2026-01-04T00:00:00.000Z_a' });
    await removeObject(record('pending/a'));

    expect(wire.heard.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /orders/ended/a?x-id=PutObject',
      'DELETE /waiting/2026-01-04T00%3A00%3A00.000Z_a?x-id=DeleteObject',
      'DELETE /orders/pending/a?x-id=DeleteObject',
    ]);
  });

  test('are listed from a name on', async () => {
    wire.answer = () => ({
      status: 200,
      body: '<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>2026-01-01T00:00:00.000Z_a</Key></Contents></ListBucketResult>',
    });
    const { listWaiting } = await import('../../../functions/records/waiting.ts');

    const page = await listWaiting(1, '2025-01-01T00:00:00.000Z_b');

    expect(page).toEqual({
      names: ['2026-01-01T00:00:00.000Z_a'],
      next: '2026-01-01T00:00:00.000Z_a',
    });
    expect(wire.heard[0]?.url).toBe(
      '/waiting/?list-type=2&max-keys=1&prefix=&start-after=2025-01-01T00%3A00%3A00.000Z_b',
    );
  });
});
