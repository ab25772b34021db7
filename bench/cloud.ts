import { join } from 'node:path';
import { startCloud, type StartOptions, type TestCloud } from '@countersign/local-cloud/testing';
import { startCommand } from './startCommand.ts';

export type Outputs = {
  readonly GraphQLUrl: string;
  readonly RealtimeUrl: string;
  readonly ApiKey: string;
};

/** A cloud for a measurement, as `npm start` starts it; resolves when it has said that it is ready. */
export function startMeasuredCloud(options: Pick<StartOptions, 'testControls'> = {}): Promise<TestCloud> {
  const app = join(import.meta.dirname, '..');
  return startCloud({ app, program: startCommand(), testControls: false, ...options });
}

export function outputsOf(cloud: TestCloud): Outputs {
  const { GraphQLUrl = '', RealtimeUrl = '', ApiKey = '' } = cloud.outputs();
  return { GraphQLUrl, RealtimeUrl, ApiKey };
}
