import { join } from 'node:path';
import { startCloud, type StartOptions, type TestCloud } from '@countersign/local-cloud/testing';
import { startCommand } from '../../bench/startCommand.ts';

export type Outputs = {
  readonly GraphQLUrl: string;
  readonly RealtimeUrl: string;
  readonly ApiKey: string;
  readonly StateMachineArn: string;
  readonly BucketName: string;
};

/** A local cloud with the app, in a process of its own: started, killed and asked through public addresses only. */
export type LocalCloud = Omit<TestCloud, 'outputs'> & { readonly outputs: () => Outputs };

/** `npm start` without npm, in a data folder of its own; options may name another assembly, or more flags. */
export async function startLocalCloud(options: StartOptions = {}): Promise<LocalCloud> {
  const app = join(import.meta.dirname, '../..');
  const cloud = await startCloud({ app, program: startCommand(), ...options });
  return { ...cloud, outputs: () => parseOutputs(cloud.outputs()) };
}

function parseOutputs(outputs: Readonly<Record<string, string>>): Outputs {
  const { GraphQLUrl = '', RealtimeUrl = '', ApiKey = '', StateMachineArn = '', BucketName = '' } = outputs;
  return { ...outputs, GraphQLUrl, RealtimeUrl, ApiKey, StateMachineArn, BucketName };
}

/** The execution of an order: it has the order's id as its name. */
export const executionArnOf = ({ StateMachineArn }: Pick<Outputs, 'StateMachineArn'>, orderId: string) =>
  `${StateMachineArn.replace(':stateMachine:', ':execution:')}:${orderId}`;
