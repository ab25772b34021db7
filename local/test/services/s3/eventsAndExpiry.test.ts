import { describe, expect, test } from 'vitest';
import { setUpS3 } from './serveS3.ts';

const DAY = 86_400_000;

describe('object events', () => {
  test('tell the bus of what was created, copied and deleted', async () => {
    const { ask, emitted } = setUpS3({ eventBridge: true, versioned: true });

    const put = await ask({ method: 'PUT', path: '/bucket/a%20b', body: 'hello' });
    await ask({ method: 'PUT', path: '/bucket/copy', headers: { 'x-amz-copy-source': 'bucket/a%20b' } });
    const deleted = await ask({ method: 'DELETE', path: '/bucket/a%20b' });

    expect(emitted).toMatchObject([
      {
        source: 'aws.s3',
        detailType: 'Object Created',
        resources: ['arn:aws:s3:::bucket'],
        detail: {
          version: '0',
          bucket: { name: 'bucket' },
          object: {
            key: 'a b',
            size: 5,
            etag: '5d41402abc4b2a76b9719d911017c592',
            'version-id': put.headers['x-amz-version-id'],
            sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
          },
          'request-id': put.headers['x-amz-request-id'],
          requester: '111111111111',
          'source-ip-address': '127.0.0.1',
          reason: 'PutObject',
        },
      },
      { detailType: 'Object Created', detail: { object: { key: 'copy' }, reason: 'CopyObject' } },
      {
        detailType: 'Object Deleted',
        detail: {
          object: { key: 'a b', 'version-id': deleted.headers['x-amz-version-id'] },
          reason: 'DeleteObject',
          'deletion-type': 'Delete Marker Created',
        },
      },
    ]);
  });

  test('carry sequencers that grow with every change of a key', async () => {
    const { ask, emitted } = setUpS3({ eventBridge: true });

    for (const method of ['PUT', 'PUT', 'DELETE', 'PUT']) await ask({ method, path: '/bucket/k', body: 'x' });
    const sequencers = emitted.map(({ detail }) =>
      JSON.stringify(detail).replace(/.*sequencer":"(\w+).*/, '$1'),
    );

    expect(sequencers).toHaveLength(4);
    expect(sequencers).toEqual(sequencers.toSorted());
    expect(new Set(sequencers).size).toBe(4);
  });

  test('are not there for a write that was refused, a deletion of nothing, or a bucket without EventBridge', async () => {
    const telling = setUpS3({ eventBridge: true });
    const silent = setUpS3();

    await telling.ask({ method: 'PUT', path: '/bucket/k', headers: { 'if-match': '"abc"' } });
    await telling.ask({ method: 'DELETE', path: '/bucket/k' });
    await silent.ask({ method: 'PUT', path: '/bucket/k' });

    expect([...telling.emitted, ...silent.emitted]).toEqual([]);
  });
});

describe('objects expire', () => {
  const lifecycleRules = [
    { Id: 'days', Status: 'Enabled', Prefix: 'tmp/', ExpirationInDays: 3 },
    { Id: 'off', Status: 'Disabled', ExpirationInDays: 1 },
    { Id: 'tags', Status: 'Enabled', ExpirationInDays: 1, TagFilters: [{ Key: 'a', Value: 'b' }] },
    {
      Id: 'others',
      Status: 'Enabled',
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
  ];

  test('at the midnight after their days, with an event, and not before', async () => {
    const { ask, s3, clock, scheduler, emitted } = setUpS3({ lifecycleRules, eventBridge: true });
    scheduler.start();
    s3.start();
    await ask({ method: 'PUT', path: '/bucket/tmp/old', body: 'x' });
    await ask({ method: 'PUT', path: '/bucket/kept', body: 'x' });
    const read = async (path: string) => (await ask({ path })).status;

    clock.advance(3 * DAY - 1000);
    await scheduler.runDue();
    const before = await read('/bucket/tmp/old');
    clock.advance(DAY + 1000);
    await scheduler.runDue();

    expect(before).toBe(200);
    expect([await read('/bucket/tmp/old'), await read('/bucket/kept')]).toEqual([404, 200]);
    expect(emitted.at(-1)).toMatchObject({
      detailType: 'Object Deleted',
      detail: { object: { key: 'tmp/old' }, reason: 'Lifecycle Expiration', requester: 's3.amazonaws.com' },
    });
    scheduler.stop();
  });

  test('as everybody is told who writes or reads them', async () => {
    const { ask, clock } = setUpS3({ lifecycleRules });
    clock.advance(Date.UTC(2030, 0, 1, 12) - clock.now());

    const put = await ask({ method: 'PUT', path: '/bucket/tmp/old', body: 'x' });
    const head = await ask({ method: 'HEAD', path: '/bucket/tmp/old' });
    const kept = await ask({ method: 'PUT', path: '/bucket/kept', body: 'x' });

    const told = 'expiry-date="Sat, 05 Jan 2030 00:00:00 GMT", rule-id="days"';
    expect([put.headers['x-amz-expiration'], head.headers['x-amz-expiration']]).toEqual([told, told]);
    expect(kept.headers).not.toHaveProperty('x-amz-expiration');
  });

  test('by the thousands, also when the process slept through the midnight', async () => {
    const { ask, s3, clock, scheduler, store } = setUpS3({ lifecycleRules });
    for (let index = 0; index < 4500; index += 1)
      await ask({ method: 'PUT', path: `/bucket/tmp/${index}`, body: 'x' });
    clock.advance(9 * DAY);

    scheduler.start();
    s3.start();
    await scheduler.runDue();

    expect(store.statement('SELECT count(*) AS count FROM s3_current').get()).toMatchObject({ count: 0 });
    scheduler.stop();
  });

  test.each([
    [{ ObjectSizeGreaterThan: '3' }, ['/bucket/long'], ['/bucket/short']],
    [{ ObjectSizeLessThan: 3 }, ['/bucket/short'], ['/bucket/long']],
  ])('by size: %j', async (rule, gone, kept) => {
    const { ask, s3, clock, scheduler } = setUpS3({
      lifecycleRules: [{ Status: 'Enabled', ExpirationInDays: 1, ...rule }],
    });
    await ask({ method: 'PUT', path: '/bucket/short', body: 'x' });
    await ask({ method: 'PUT', path: '/bucket/long', body: 'xxxxx' });
    scheduler.start();
    s3.start();

    clock.advance(3 * DAY);
    await scheduler.runDue();

    for (const path of gone) expect((await ask({ path })).status).toBe(404);
    for (const path of kept) expect((await ask({ path })).status).toBe(200);
    scheduler.stop();
  });
});
