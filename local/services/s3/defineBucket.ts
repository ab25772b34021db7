import type { Bucket, S3Context } from './bucket.ts';
import { lastMidnight, parseExpiration } from './lifecycle/lifecycle.ts';
import { parsePolicy } from './policy/policy.ts';
import type { BucketDefinition } from './s3.ts';

/** Takes up a bucket of the template; its objects are there when the store knows it. Throws Unsupported. */
export function defineBucket({ store, clock }: S3Context, definition: BucketDefinition): Bucket {
  const { name, policy, lifecycleRules, versioned, eventBridge } = definition;
  const forbids = parsePolicy(policy, name);
  const now = clock.now();
  store.transact(() =>
    store
      .statement('INSERT OR IGNORE INTO s3_buckets (name, created, swept) VALUES (?, ?, ?)')
      .run(name, Math.floor(now), lastMidnight(now)),
  );
  const row = store.statement('SELECT id, created FROM s3_buckets WHERE name = ?').get(name);
  return {
    id: Number(row?.['id']),
    created: Number(row?.['created']),
    name,
    versioned,
    eventBridge,
    forbids,
    expiration: parseExpiration(lifecycleRules, name),
  };
}
