import { ACCOUNT_ID } from '../../../ground/account.ts';
import { element } from '../../../wire/xml.ts';
import type { StsContext } from '../stsContext.ts';

export function getCallerIdentity({ caller }: StsContext): string {
  return element('Arn', caller.arn) + element('UserId', caller.userId) + element('Account', ACCOUNT_ID);
}
