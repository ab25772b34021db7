import { element } from '../../../wire/xml.ts';
import { accessDenied, badMember, unsupported, validationError } from '../errors.ts';
import { principalOfSession } from '../principalOfSession.ts';
import type { RoleDefinition } from '../sts.ts';
import type { StsContext } from '../stsContext.ts';
import { trustsAccount } from '../trustPolicy.ts';

const MIN_SECONDS = 900;
const MAX_SECONDS = 43_200;
const DEFAULT_SECONDS = 3_600;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/** They would narrow a session, and IAM policies are not evaluated here. */
const NARROWING = /^(Policy|PolicyArns|Tags|TransitiveTagKeys|SerialNumber|TokenCode|ProvidedContexts)\b/;

/** Temporary credentials of a role that trusts the account. */
export function assumeRole({ clock, sessions, roles, caller }: StsContext, input: URLSearchParams): string {
  const roleArn = required(input, 'RoleArn');
  const name = required(input, 'RoleSessionName');
  if (!SESSION_NAME.test(name))
    throw badMember(
      'roleSessionName',
      name,
      'Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}',
    );
  const narrowing = [...input.keys()].find((key) => NARROWING.test(key));
  if (narrowing !== undefined) throw unsupported(`AssumeRole with ${narrowing.split('.')[0]}`);
  const seconds = secondsOf(input);
  const role = roles.get(roleArn);
  if (role === undefined || !trustsAccount(role)) throw accessDenied(caller.arn, roleArn);
  refuseLongSession(role, seconds);
  const now = clock.now();
  const session = sessions.add({ roleArn, roleId: role.id, name, expires: now + seconds * 1000 }, now);
  const { arn, userId } = principalOfSession(session);
  const credentials = [
    element('AccessKeyId', session.accessKeyId),
    element('SecretAccessKey', session.secret),
    element('SessionToken', session.sessionToken),
    element('Expiration', new Date(session.expires).toISOString().replace(/\.\d{3}Z$/, 'Z')),
  ];
  const user = element('AssumedRoleId', userId) + element('Arn', arn);
  return `<AssumedRoleUser>${user}</AssumedRoleUser><Credentials>${credentials.join('')}</Credentials>`;
}

function required(input: URLSearchParams, member: string): string {
  const value = input.get(member);
  if (value !== null) return value;
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  throw badMember(name, null, 'Member must not be null');
}

function secondsOf(input: URLSearchParams): number {
  const given = input.get('DurationSeconds') ?? String(DEFAULT_SECONDS);
  const seconds = Number(given);
  const wanted =
    seconds > MAX_SECONDS
      ? `less than or equal to ${MAX_SECONDS}`
      : `greater than or equal to ${MIN_SECONDS}`;
  if (Number.isInteger(seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS) return seconds;
  throw badMember('durationSeconds', given, `Member must have value ${wanted}`);
}

function refuseLongSession({ maxSessionSeconds }: RoleDefinition, seconds: number): void {
  if (seconds > maxSessionSeconds)
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
}
