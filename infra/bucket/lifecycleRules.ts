import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { MAX_WAIT_SECONDS } from '../settings/table.ts';

const DAY_SECONDS = 86_400;
const SPARE_DAYS = 14; // a failed execution can be redriven for so long
/**
 * Longer than any wait, whatever the settings say now: an order keeps the deadline that it was given, and S3 applies a new
 * rule to the objects that are there already.
 */
const EXPIRATION_DAYS = MAX_WAIT_SECONDS / DAY_SECONDS + SPARE_DAYS;
const OLD_VERSIONS_DAYS = 30;

/** What cleans up after version 1 and after old versions; facts and orders stay. */
export const RECORDS_LIFECYCLE: CfnBucket.RuleProperty[] = [
  { id: 'tokens', status: 'Enabled', prefix: 'tokens/', expirationInDays: EXPIRATION_DAYS },
  { id: 'pending', status: 'Enabled', prefix: 'pending/', expirationInDays: EXPIRATION_DAYS },
  {
    id: 'old-versions',
    status: 'Enabled',
    noncurrentVersionExpiration: { noncurrentDays: OLD_VERSIONS_DAYS },
    expiredObjectDeleteMarker: true,
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  },
];

/** What an attempt leaves that writes its token after its order has ended. */
export const WAITING_LIFECYCLE: CfnBucket.RuleProperty[] = [
  {
    id: 'left-behind',
    status: 'Enabled',
    expirationInDays: EXPIRATION_DAYS,
    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
  },
];
