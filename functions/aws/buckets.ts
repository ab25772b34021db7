import { S3Client } from '@aws-sdk/client-s3';
import { clientConfig, withoutCallLog } from './clientConfig.ts';
import { environment } from './environment.ts';

/** `records` outlives the stack and keeps versions; `waiting` holds what goes when its order ends. */
export type Bucket = 'records' | 'waiting';

const VARIABLES = { records: 'BUCKET_NAME', waiting: 'WAITING_BUCKET_NAME' } as const;
export const nameOf = (bucket: Bucket): string => environment(VARIABLES[bucket]);

const createClient = () =>
  withoutCallLog(
    new S3Client({
      ...clientConfig(),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
  );
const clients = new Map<Bucket, S3Client>();

/** One client for each bucket: a client that caches its middleware sends every command to the bucket of the first one. */
export function clientOf(bucket: Bucket): S3Client {
  const client = clients.get(bucket) ?? createClient();
  clients.set(bucket, client);
  return client;
}
