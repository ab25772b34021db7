import { ACCOUNT_ID } from '../../../ground/account.ts';
import { isObject } from '../../../ground/json.ts';
import { parseConditions, type ReadKey } from '../../../ground/policy/conditions.ts';
import { listOf, matcher, statementsOf } from '../../../ground/policy/statements.ts';
import { Unsupported } from '../../../ground/refusal.ts';
import type { QueueDefinition, ServiceSender } from '../sqs.ts';

type PolicyDocument = Readonly<Record<string, unknown>>;

/**
 * Whether the policies of a queue let an AWS service send: a service has no permissions of its own, so a statement has
 * to allow it, and none may deny it. Throws Unsupported for a condition that cannot be decided here.
 */
export function letsSend({ name: queue, arn, policies }: QueueDefinition, sender: ServiceSender): boolean {
  const effects = policies
    .flatMap(statementsOf)
    .map(({ statement, name }) =>
      effectOn(arn, { statement, sender, where: `The policy of the queue ${queue}, statement ${name}` }),
    );
  return effects.includes('Allow') && !effects.includes('Deny');
}

type Asked = { readonly statement: unknown; readonly sender: ServiceSender; readonly where: string };

/** The effect of a statement on the sending of a message; null when it is not about that. */
function effectOn(queueArn: string, { statement, sender, where }: Asked): unknown {
  if (!isObject(statement)) throw new Unsupported(`${where}, is not an object.`);
  const applies =
    isAbout(statement, sender) &&
    matcher(statement, 'Action', where)('sqs:SendMessage') &&
    matcher(statement, 'Resource', where)(queueArn) &&
    parseConditions(statement['Condition'], { where, readerOf }).every((holds) => holds(sender));
  return applies ? statement['Effect'] : null;
}

function isAbout({ Principal: principal }: PolicyDocument, { service }: ServiceSender): boolean {
  if (principal === '*') return true;
  const { Service: services, AWS: accounts } = isObject(principal) ? principal : {};
  return listOf(services).includes(service) || listOf(accounts).includes('*');
}

/** The condition keys of a service's call. Any other key is absent from it, as on AWS. */
const KEYS: Readonly<Record<string, ReadKey<ServiceSender>>> = {
  'aws:sourcearn': ({ sourceArn }) => sourceArn,
  'aws:sourceaccount': () => ACCOUNT_ID,
  'aws:resourceaccount': () => ACCOUNT_ID,
  'aws:principalisawsservice': () => 'true',
  'aws:principalservicename': ({ service }) => service,
  'aws:securetransport': () => 'true',
};

function readerOf(key: string): ReadKey<ServiceSender> {
  const name = key.toLowerCase();
  return (Object.hasOwn(KEYS, name) ? KEYS[name] : undefined) ?? (() => null);
}
