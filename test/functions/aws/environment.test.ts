import { afterEach, expect, test, vi } from 'vitest';
import { environment } from '../../../functions/aws/environment.ts';
import { defaultProvider } from '../../../functions/aws/environmentCredentials.ts';

afterEach(() => vi.unstubAllEnvs());

test('a missing variable names the construct that should have set it', () => {
  vi.stubEnv('BUCKET_NAME', '');

  expect(() => environment('BUCKET_NAME')).toThrow(
    'Environment variable BUCKET_NAME is missing. It is set by OrderBucket in infra/bucket/orderBucket.ts.',
  );
});

test('credentials come from the environment, with a session token or without', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret');
  vi.stubEnv('AWS_SESSION_TOKEN', '');

  expect(await defaultProvider()()).toEqual({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret' });
});
