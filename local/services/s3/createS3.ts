import { randomUUID } from 'node:crypto';
import type { Clock } from '../../ground/clock/clock.ts';
import type { Events } from '../events/events.ts';
import type { Sqs } from '../sqs/sqs.ts';
import { xmlErrorAnswer } from './wire/xmlErrorAnswer.ts';
import type { HttpRequest, HttpResponse } from '../../wire/httpMessage.ts';
import type { Scheduler } from '../../ground/scheduler/scheduler.ts';
import type { Sts } from '../sts/sts.ts';
import type { Store } from '../../ground/store/store.ts';
import { listBuckets } from './actions/listBuckets.ts';
import { authorize, checkOwner } from './policy/authorize.ts';
import type { Bucket, S3Context } from './bucket.ts';
import { defineBucket } from './defineBucket.ts';
import { accessDenied, noSuchBucket, notImplemented, S3Error } from './errors.ts';
import { createLifecycle } from './lifecycle/createLifecycle.ts';
import { createObjects } from './records/objects.ts';
import { operationOf, S3_OPERATIONS } from './operations.ts';
import type { S3 } from './s3.ts';
import { parseS3Request, type S3Request } from './wire/s3Request.ts';
import { createUploads } from './records/uploads.ts';

export type S3Dependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly events: Events;
  readonly sqs: Sqs;
  readonly sts: Pick<Sts, 'principalOf'>;
};

/** S3 over the wire, path style. Answers only requests whose signature the server has verified. */
export function createS3({ store, clock, scheduler, events, sqs, sts }: S3Dependencies): S3 {
  const buckets = new Map<string, Bucket>();
  const context: S3Context = {
    store,
    clock,
    events,
    sqs,
    objects: createObjects({ store, clock }),
    uploads: createUploads({ store, clock }),
    buckets,
  };
  const lifecycle = createLifecycle(context, scheduler);
  return {
    define: (definition) => void buckets.set(definition.name, defineBucket(context, definition)),
    start: lifecycle.start,
    handle: (request) => handle(context, request, sts.principalOf),
  };
}

/** As S3's; a UUID takes its bytes from a store of random ones, which is seven times as quick as asking for some. */
const REQUEST_ID_LENGTH = 16;

function handle(context: S3Context, request: HttpRequest, principalOf: Sts['principalOf']): HttpResponse {
  const id = randomUUID().replaceAll('-', '').slice(0, REQUEST_ID_LENGTH).toUpperCase();
  try {
    if (request.accessKeyId === null) throw accessDenied();
    const caller = principalOf(request.accessKeyId);
    return withIds(answer(context, parseS3Request(request, { id, caller })), id);
  } catch (error) {
    if (error instanceof S3Error) return withIds(xmlErrorAnswer(error, id), id);
    throw error;
  }
}

function answer(context: S3Context, request: S3Request): HttpResponse {
  if (request.bucket === '') {
    if (request.method === 'GET') return listBuckets(context, request.query);
    throw notImplemented(`${request.method} of S3 without a bucket`);
  }
  const name = operationOf(request);
  const bucket = context.buckets.get(request.bucket);
  if (bucket === undefined) throw noSuchBucket(request.bucket);
  checkOwner(request, 'x-amz-expected-bucket-owner');
  const { permission, run } = S3_OPERATIONS[name];
  const on = { context, bucket, request };
  if (permission !== null) authorize(on, withVersion(permission, request));
  return run(on);
}

/** Naming a version asks for another permission: `s3:GetObjectVersion`. */
function withVersion(permission: string, request: S3Request): string {
  const versioned = permission === 's3:GetObject' || permission === 's3:DeleteObject';
  return versioned && request.query.has('versionId') ? `${permission}Version` : permission;
}

function withIds(response: HttpResponse, id: string): HttpResponse {
  return { ...response, headers: { ...response.headers, 'x-amz-request-id': id, 'x-amz-id-2': id } };
}
