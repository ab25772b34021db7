import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { BadCommand } from './outputs.ts';

/** Says which account and region a command is for. Without credentials, a region or a network nothing else is begun. */
export async function signIn(): Promise<void> {
  const sts = new STSClient({});
  const region = await sts.config.region().catch((cause: unknown) => {
    throw new BadCommand('No AWS region was found: set AWS_REGION, or add --region NAME.', { cause });
  });
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  console.log(`Account ${Account}, region ${region}.`);
}
