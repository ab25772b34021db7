import type { CfnBucket } from 'aws-cdk-lib/aws-s3';

const DAY_SECONDS = 86_400;
const SPARE_DAYS = 14; // a failed execution can be redriven for so long
const OLD_VERSIONS_DAYS = 30;

/** Longer than any wait: nothing that an order needs goes while it is paused. */
const daysOf = (deadlineSeconds: number): number => Math.ceil(deadlineSeconds / DAY_SECONDS) + SPARE_DAYS;

/** What cleans up after version 1 and after old versions; facts and orders stay. */
export function recordsLifecycle(deadlineSeconds: number): CfnBucket.RuleProperty[] {
  const expirationInDays = daysOf(deadlineSeconds);
  return [
    { id: 'tokens', status: 'Enabled', prefix: 'tokens/', expirationInDays },
    { id: 'pending', status: 'Enabled', prefix: 'pending/', expirationInDays },
    {
      id: 'old-versions',
      status: 'Enabled',
      noncurrentVersionExpiration: { noncurrentDays: OLD_VERSIONS_DAYS },
      expiredObjectDeleteMarker: true,
      abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
    },
  ];
}

/** What an attempt leaves that writes its token after its order has ended. */
export const waitingLifecycle = (deadlineSeconds: number): CfnBucket.RuleProperty[] => [
  {
    id: 'left-behind',
    status: 'Enabled',
    expirationInDays: daysOf(deadlineSeconds),
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  },
];
