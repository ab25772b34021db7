import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type ListObjectVersionsCommandOutput,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { failureOf, serveS3, setUpS3 } from './serveS3.ts';

const Bucket = 'bucket';

async function serveVersions() {
  const served = await serveS3({ versioned: true, eventBridge: true });
  const { client } = served;
  return {
    ...served,
    put: async (Key: string, Body: string) =>
      (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? '',
    read: async (Key: string, VersionId?: string) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      return Body?.transformToString();
    },
    remove: (Key: string, VersionId?: string) =>
      client.send(new DeleteObjectCommand({ Bucket, Key, VersionId })),
    list: (input: object = {}) => client.send(new ListObjectVersionsCommand({ Bucket, ...input })),
  };
}

/** `a:1` for a version of the key a with a size of 1, `a:marker`, each with a star when it is the latest. */
function brief({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput): readonly string[] {
  return [
    ...Versions.map(({ Key, Size, IsLatest }) => `${Key}:${Size}${IsLatest ? '*' : ''}`),
    ...DeleteMarkers.map(({ Key, IsLatest }) => `${Key}:marker${IsLatest ? '*' : ''}`),
  ];
}

describe('a versioned bucket, through the AWS SDK', () => {
  test('keeps what was there before', async () => {
    const { client, put, read } = await serveVersions();
    const [first, second] = [await put('k', 'one'), await put('k', 'two!')];

    expect(first).toMatch(/^[\w.]{32}$/);
    expect(await Promise.all([read('k'), read('k', first), read('k', second)])).toEqual([
      'two!',
      'one',
      'two!',
    ]);
    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId: first }))).toMatchObject({
      ContentLength: 3,
      VersionId: first,
    });
  });

  test('puts a marker over what is deleted, which can be taken away again', async () => {
    const { client, put, read, remove, list } = await serveVersions();
    const version = await put('k', 'one');

    const deleted = await remove('k');
    const gone = await failureOf(read('k'));
    const markerRead = await failureOf(read('k', deleted.VersionId));
    const listed = await client.send(new ListObjectsV2Command({ Bucket }));
    const before = brief(await list());
    const undeleted = await remove('k', deleted.VersionId);

    expect(deleted).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    expect(gone).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(markerRead).toEqual({ name: 'MethodNotAllowed', status: 405 });
    expect(listed.KeyCount).toBe(0);
    expect(before).toEqual(['k:3', 'k:marker*']);
    expect(undeleted).toMatchObject({ DeleteMarker: true, VersionId: deleted.VersionId });
    expect(await read('k')).toBe('one');
    expect(await read('k', version)).toBe('one');
  });

  test('lets a create-once write succeed over a marker, and no other', async () => {
    const { client, put, remove } = await serveVersions();
    const create = () =>
      client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'new', IfNoneMatch: '*' }));
    await put('k', 'old');

    expect(await failureOf(create())).toEqual({ name: 'PreconditionFailed', status: 412 });
    await remove('k');
    expect(await failureOf(create())).toEqual({ name: 'none', status: 200 });
  });

  test('takes a version away for good, and goes back to the one before', async () => {
    const { put, read, remove, list } = await serveVersions();
    const [, second, third] = [await put('k', '1'), await put('k', '22'), await put('k', '333')];

    await remove('k', third);
    const afterTheLatest = await read('k');
    await remove('k', second);
    await remove('k', second);

    expect(afterTheLatest).toBe('22');
    expect(await failureOf(read('k', third))).toEqual({ name: 'NoSuchVersion', status: 404 });
    expect(await read('k')).toBe('1');
    expect(brief(await list())).toEqual(['k:1*']);
  });

  test('brings an older version back by a copy of it', async () => {
    const { client, put, read } = await serveVersions();
    const first = await put('k', 'one');
    await put('k', 'two');

    await client.send(
      new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k?versionId=${first}` }),
    );

    expect(await read('k')).toBe('one');
  });

  test('deletes many versions and markers at once', async () => {
    const { client, put, remove, list } = await serveVersions();
    const first = await put('k', 'one');
    const { VersionId: marker } = await remove('k');

    const { Deleted } = await client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'k', VersionId: marker }, { Key: 'k', VersionId: first }, { Key: 'x' }] },
      }),
    );

    expect(Deleted).toMatchObject([
      { Key: 'k', VersionId: marker, DeleteMarker: true, DeleteMarkerVersionId: marker },
      { Key: 'k', VersionId: first },
      { Key: 'x', DeleteMarker: true },
    ]);
    expect(brief(await list())).toEqual(['x:marker*']);
  });
});

describe('the list of versions', () => {
  test('has every version once, the newest first, whatever the page', async () => {
    const { put, remove, list } = await serveVersions();
    for (const [key, body] of [
      ['a', '1'],
      ['b', '1'],
      ['b', '22'],
      ['b', '333'],
      ['c/x', '1'],
      ['c/y', '1'],
    ]) {
      await put(key ?? '', body ?? '');
    }
    await remove('b');
    const pages: (readonly string[])[] = [];
    let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};

    do {
      const page = await list({ ...next, MaxKeys: 2 });
      pages.push(brief(page));
      next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    } while (next.KeyMarker !== undefined);

    expect(pages).toEqual([['a:1*', 'b:marker*'], ['b:3', 'b:2'], ['b:1', 'c/x:1*'], ['c/y:1*']]);
  });

  test('groups by a delimiter and keeps to a prefix', async () => {
    const { put, list } = await serveVersions();
    for (const key of ['a/1', 'a/1', 'a/2', 'b']) await put(key, 'x');

    const grouped = await list({ Delimiter: '/', MaxKeys: 1 });
    const rest = await list({ Delimiter: '/', KeyMarker: grouped.NextKeyMarker });

    expect(grouped).toMatchObject({ IsTruncated: true, CommonPrefixes: [{ Prefix: 'a/' }] });
    expect(brief(rest)).toEqual(['b:1*']);
    expect(brief(await list({ Prefix: 'a/1' }))).toEqual(['a/1:1*', 'a/1:1']);
  });

  test('refuses a marker of a version without a key, or that is none', async () => {
    const { list } = await serveVersions();

    for (const input of [{ VersionIdMarker: 'x' }, { KeyMarker: 'k', VersionIdMarker: 'x' }]) {
      expect(await failureOf(list(input))).toEqual({ name: 'InvalidArgument', status: 400 });
    }
  });

  test('says null for the versions of a bucket without them', async () => {
    const { ask } = setUpS3();
    await ask({ method: 'PUT', path: '/bucket/k', body: 'x' });

    expect((await ask({ path: '/bucket?versions' })).text).toContain(
      '<VersionId>null</VersionId><IsLatest>true',
    );
    expect((await ask({ path: '/bucket/k?versionId=null' })).status).toBe(200);
  });
});

test('the events of a deletion name the marker, or the version that is gone', async () => {
  const { put, remove, emitted } = await serveVersions();
  const version = await put('k', 'one');
  const { VersionId: marker } = await remove('k');
  await remove('k', version);

  expect(emitted.slice(1)).toMatchObject([
    { detail: { object: { 'version-id': marker }, 'deletion-type': 'Delete Marker Created' } },
    { detail: { object: { 'version-id': version }, 'deletion-type': 'Permanently Deleted' } },
  ]);
});

describe('the lifecycle of a versioned bucket', () => {
  const DAY = 86_400_000;

  async function pass(s3: ReturnType<typeof setUpS3>, days: number): Promise<void> {
    s3.clock.advance(days * DAY);
    await s3.scheduler.runDue();
  }

  test('lets objects expire under a marker, old versions after their days, and lone markers at once', async () => {
    const s3 = setUpS3({
      versioned: true,
      eventBridge: true,
      lifecycleRules: [
        { Status: 'Enabled', ExpirationInDays: 1, Prefix: 'k' },
        {
          Status: 'Enabled',
          NoncurrentVersionExpiration: { NoncurrentDays: 3 },
          ExpiredObjectDeleteMarker: 'true',
        },
      ],
    });
    s3.s3.start();
    for (const body of ['1', '22']) await s3.ask({ method: 'PUT', path: '/bucket/k', body });
    const listed = async () => (await s3.ask({ path: '/bucket?versions' })).text;

    await pass(s3, 2);
    const expired = await listed();
    await pass(s3, 2);
    const superseded = await listed();
    await pass(s3, 4);

    expect(expired.match(/<(Version|DeleteMarker)>/g)).toEqual(['<DeleteMarker>', '<Version>', '<Version>']);
    expect(superseded.match(/<Size>\d+/g)).toEqual(['<Size>2']);
    expect((await listed()).match(/<(Version|DeleteMarker)>/g)).toBeNull();
    expect(s3.emitted.slice(2).map(({ detail }) => detail['deletion-type'])).toEqual([
      'Delete Marker Created',
      'Permanently Deleted',
      'Permanently Deleted',
      'Permanently Deleted',
    ]);
  });

  test('refuses what it could not keep to', () => {
    const rule = {
      Status: 'Enabled',
      NoncurrentVersionExpiration: { NoncurrentDays: 3, NewerNoncurrentVersions: 2 },
    };

    expect(() => setUpS3({ lifecycleRules: [rule] })).toThrow('bucket bucket has NewerNoncurrentVersions');
  });
});

test('objects of a store that an earlier version wrote are taken over', async () => {
  const folder = temporaryFolder();
  const earlier = setUpS3({}, folder);
  await earlier.ask({ method: 'PUT', path: '/bucket/k', body: 'hello' });
  earlier.store.database.exec(`
    CREATE TABLE s3_objects (
      id INTEGER PRIMARY KEY, bucket INTEGER NOT NULL, key BLOB NOT NULL, revision INTEGER NOT NULL,
      etag BLOB NOT NULL, size INTEGER NOT NULL, attributes TEXT NOT NULL, body BLOB NOT NULL
    ) STRICT;
    INSERT INTO s3_objects (bucket, key, revision, etag, size, attributes, body) SELECT * FROM s3_current;
    DROP TABLE s3_current`);
  earlier.store.close();

  const now = setUpS3({}, folder);

  expect(await now.ask({ path: '/bucket/k' })).toMatchObject({ status: 200, text: 'hello' });
});
