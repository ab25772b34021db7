import type { CfnBucket } from 'aws-cdk-lib/aws-s3';

const DAY_SECONDS = 86_400;
const SPARE_DAYS = 14; // a failed execution can be redriven for so long
const OLD_VERSIONS_DAYS = 30;

/** What cleans up after orders that were cut short; facts and orders stay. */
export function lifecycleRules(deadlineSeconds: number): CfnBucket.RuleProperty[] {
  // Longer than any wait: neither a token nor a mark on the worklist goes while its order is paused.
  const days = Math.ceil(deadlineSeconds / DAY_SECONDS) + SPARE_DAYS;
  return [
    { id: 'tokens', status: 'Enabled', prefix: 'tokens/', expirationInDays: days },
    { id: 'pending', status: 'Enabled', prefix: 'pending/', expirationInDays: days },
    {
      id: 'old-versions',
      status: 'Enabled',
      noncurrentVersionExpiration: { noncurrentDays: OLD_VERSIONS_DAYS },
      expiredObjectDeleteMarker: true,
      abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
    },
  ];
}
