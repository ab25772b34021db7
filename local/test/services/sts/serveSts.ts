import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import { createAdjustableClock } from '../../../ground/clock/clock.ts';
import { createScheduler } from '../../../ground/scheduler/createScheduler.ts';
import { openStore } from '../../../ground/store/openStore.ts';
import { createS3 } from '../../../services/s3/createS3.ts';
import { s3Tenant } from '../../../services/s3/wire/s3Tenant.ts';
import { createSqs } from '../../../services/sqs/createSqs.ts';
import { createSts } from '../../../services/sts/createSts.ts';
import { stsTenant } from '../../../services/sts/wire/stsTenant.ts';
import { noFaults } from '../../../ground/faults/faults.ts';
import { route } from '../../../wire/route.ts';
import { createSignatureVerifier } from '../../../wire/signature/createSignatureVerifier.ts';
import { serveHandler } from '../../support/serveHandler.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

export const ACCOUNT = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret' };
export const ROLE_ARN = 'arn:aws:iam::111111111111:role/eraser';
export const ROLE = {
  name: 'eraser',
  arn: ROLE_ARN,
  id: 'AROAEXAMPLE',
  trustPolicy: {
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      },
    ],
  },
  maxSessionSeconds: 3_600,
};

/** STS and S3 behind HTTP and verified signatures, with real clients for them. `folder` outlives a restart. */
export async function serveSts(folder = temporaryFolder()) {
  const store = openStore({ folder });
  const clock = createAdjustableClock();
  const scheduler = createScheduler({ store, clock });
  const sts = createSts({ store, clock });
  const sqs = createSqs({ store, clock, scheduler });
  const events = { define: () => {}, emit: () => {}, start: () => {}, stop: () => {} };
  const s3 = createS3({ store, clock, scheduler, events, sqs, sts });
  const secrets = new Map([[ACCOUNT.accessKeyId, { secret: ACCOUNT.secretAccessKey }]]);
  const routes = {
    tenants: [stsTenant(sts.handle), s3Tenant(s3.handle)],
    verifySignature: createSignatureVerifier({
      clock,
      wallClock: { now: Date.now },
      secrets: { get: (id: string) => secrets.get(id) ?? sts.secretOf(id) },
    }),
    faults: noFaults,
    settled: store.settled,
    asset: () => null,
    hasPage: () => false,
    issuer: null,
    metrics: () => ({ status: 404, headers: {}, body: '' }),
    logs: () => ({ status: 404, headers: {}, body: '' }),
    testControls: null,
  };
  const { endpoint, close } = await serveHandler(() => (request) => route(routes, request));
  const stop = () => {
    void close();
    if (store.database.isOpen) store.close();
  };
  onTestFinished(stop);
  return {
    sts,
    s3,
    clock,
    stop,
    asSts: (credentials: Credentials) => new STSClient({ endpoint, region: 'us-east-1', credentials }),
    asS3: (credentials: Credentials) => new S3Client({ endpoint, region: 'us-east-1', credentials }),
  };
}

type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};
