import { ACCOUNT_ID, PARTITION } from '../../ground/account.ts';
import type { Session } from './records/sessions.ts';
import type { Principal } from './sts.ts';

export function principalOfSession({ roleArn, roleId, name }: Session): Principal {
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    arn: `arn:${PARTITION}:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${name}`,
    principalArn: roleArn,
    userId: `${roleId}:${name}`,
  };
}

/** Every caller without a session belongs to the account and may do everything. */
export const ACCOUNT_PRINCIPAL: Principal = {
  arn: `arn:${PARTITION}:iam::${ACCOUNT_ID}:root`,
  principalArn: `arn:${PARTITION}:iam::${ACCOUNT_ID}:root`,
  userId: ACCOUNT_ID,
};
