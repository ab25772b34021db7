// What an operator does in IAM and CloudWatch, for which the project has no SDK. The emulator takes the key of the account's
// root without a signature.

const ENDPOINT = process.env['AWS_ENDPOINT_URL'] ?? '';

const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function ask(service: string, headers: Record<string, string>, body: string): Promise<string> {
  const authorization = scope(service);
  const response = await fetch(ENDPOINT, { method: 'POST', headers: { authorization, ...headers }, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service}: ${text}`);
  return text;
}

async function askLogs<Answer>(operation: string, input: object): Promise<Answer> {
  const target = `Logs_20140328.${operation}`;
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  return JSON.parse(await ask('logs', headers, JSON.stringify(input)));
}

const askIam = (Action: string, parameters: Record<string, string>) =>
  ask(
    'iam',
    { 'content-type': 'application/x-www-form-urlencoded' },
    String(new URLSearchParams({ Action, Version: '2010-05-08', ...parameters })),
  );

/** The lines of all functions. */
export async function readFunctionLog(): Promise<readonly string[]> {
  const { logGroups } = await askLogs<{ logGroups: { logGroupName: string }[] }>('DescribeLogGroups', {});
  const group = logGroups.find(({ logGroupName }) => logGroupName.includes('FunctionLog'));
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: { events: { message: string }[]; nextToken?: string } = await askLogs('FilterLogEvents', {
      logGroupName: group?.logGroupName,
      nextToken,
    });
    lines.push(...page.events.map(({ message }) => message));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return lines.flatMap((line) => line.split('\n'));
}

/** Takes from the role of this construct all that it may do. */
export async function removePoliciesOf(construct: string): Promise<void> {
  const RoleName = await first('ListRoles', {}, new RegExp(`<RoleName>([^<]*-${construct}[^<]*)<`));
  const names = await first('ListRolePolicies', { RoleName }, /<PolicyNames>([^]*)<\/PolicyNames>/);
  for (const [, PolicyName = ''] of names.matchAll(/<member>([^<]+)</g))
    await askIam('DeleteRolePolicy', { RoleName, PolicyName });
}

async function first(action: string, parameters: Record<string, string>, pattern: RegExp): Promise<string> {
  const text = await askIam(action, parameters);
  const found = pattern.exec(text)?.[1];
  if (found === undefined)
    throw new Error(`${action} answers nothing like ${pattern}: ${text.slice(0, 500)}`);
  return found;
}
