import type { Scheduler } from '../../../ground/scheduler/scheduler.ts';
import type { Bucket, S3Context } from '../bucket.ts';
import { lastMidnight, nextMidnight } from './lifecycle.ts';
import { sweep } from './sweep.ts';

const SWEEP = 's3.expiration';

/** Deletes what has expired at every midnight UTC of the cloud, also after midnights that the process slept through. */
export function createLifecycle(context: S3Context, scheduler: Scheduler): { readonly start: () => void } {
  const { store, clock, buckets } = context;

  scheduler.handle(SWEEP, (name) => {
    const bucket = buckets.get(name);
    if (bucket === undefined || bucket.expiration.length === 0) return;
    const now = clock.now();
    if (sweep(context, bucket)) {
      scheduler.set(SWEEP, name, now);
      return;
    }
    store.statement('UPDATE s3_buckets SET swept = ? WHERE id = ?').run(lastMidnight(now), bucket.id);
    scheduler.set(SWEEP, name, nextMidnight(now));
  });

  return {
    start: () => {
      for (const bucket of buckets.values()) {
        if (bucket.expiration.length > 0) scheduler.set(SWEEP, bucket.name, nextSweep(context, bucket));
      }
    },
  };
}

function nextSweep({ store, clock }: S3Context, { id }: Bucket): number {
  const row = store.statement('SELECT swept FROM s3_buckets WHERE id = ?').get(id);
  const now = clock.now();
  return Number(row?.['swept']) < lastMidnight(now) ? now : nextMidnight(now);
}
