import type { HandlerFunction } from './handlerFunction.ts';
import type { ApiHandler } from './handlers.ts';
import type { Settings } from './settings.ts';
import { regionOfUserPool } from './settings/approvers.ts';

/** Tells the functions that decide who may (docs/identity.md). */
export function applyApprovalRules(
  functions: Readonly<Record<ApiHandler, HandlerFunction>>,
  { approverGroup, selfApproval }: Settings,
): void {
  if (approverGroup !== null)
    for (const handler of ['api/confirmOrder', 'api/cancelOrder'] as const)
      functions[handler].setVariable('APPROVER_GROUP', approverGroup);
  if (selfApproval === 'refused') functions['api/confirmOrder'].setVariable('SELF_APPROVAL', selfApproval);
}

/** What a page has to know of them; nothing where nothing is set. */
export function approvalOutputs({
  approvers,
  approverGroup,
  selfApproval,
}: Settings): Readonly<Record<string, string>> {
  return {
    ...(approvers === null ? {} : { SignInIssuer: issuerOf(approvers), SignInClientId: approvers.clientId }),
    ...(approverGroup === null ? {} : { ApproverGroup: approverGroup }),
    ...(selfApproval === 'refused' ? { SelfApproval: selfApproval } : {}),
  };
}

function issuerOf(approvers: NonNullable<Settings['approvers']>): string {
  if (approvers.kind === 'oidc') return approvers.issuer;
  const region = regionOfUserPool(approvers.userPoolId);
  return `https://cognito-idp.${region}.amazonaws.com/${approvers.userPoolId}`;
}
