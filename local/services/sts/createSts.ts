import type { Clock } from '../../ground/clock/clock.ts';
import type { Store } from '../../ground/store/store.ts';
import type { HttpRequest, HttpResponse } from '../../wire/httpMessage.ts';
import { StsError } from './errors.ts';
import { STS_OPERATIONS } from './operations.ts';
import { ACCOUNT_PRINCIPAL, principalOfSession } from './principalOfSession.ts';
import { createSessions } from './records/sessions.ts';
import type { Principal, RoleDefinition, Sts } from './sts.ts';
import type { StsContext } from './stsContext.ts';
import { queryAnswer, queryError } from './wire/queryAnswer.ts';

/** The roles of the template, and sessions of those that trust the account. */
export function createSts({ store, clock }: { readonly store: Store; readonly clock: Clock }): Sts {
  const sessions = createSessions(store);
  const roles = new Map<string, RoleDefinition>();
  const principalOf = (accessKeyId: string): Principal => {
    const session = sessions.find(accessKeyId);
    return session === null ? ACCOUNT_PRINCIPAL : principalOfSession(session);
  };
  return {
    define: (role) => void roles.set(role.arn, role),
    remove: (name) => {
      for (const role of roles.values()) if (role.name === name) roles.delete(role.arn);
    },
    secretOf: (accessKeyId) => sessions.find(accessKeyId) ?? undefined,
    principalOf,
    handle: (request) =>
      handle({ clock, sessions, roles, caller: principalOf(request.accessKeyId ?? '') }, request),
  };
}

function handle(context: StsContext, { body }: HttpRequest): HttpResponse {
  const input = new URLSearchParams(body.toString('utf8'));
  const name = input.get('Action') ?? '';
  const operation = Object.hasOwn(STS_OPERATIONS, name) ? STS_OPERATIONS[name] : undefined;
  try {
    if (operation === undefined) throw unknownAction(name, input.get('Version') ?? '');
    return queryAnswer(name, operation(context, input));
  } catch (error) {
    if (error instanceof StsError) return queryError(error);
    throw error;
  }
}

const unknownAction = (name: string, version: string): StsError =>
  new StsError(
    'InvalidAction',
    `Could not find operation ${name.slice(0, 80)} for version ${version.slice(0, 20)}`,
    400,
  );
