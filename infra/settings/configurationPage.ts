import { SETTINGS } from './table.ts';

const ABOUT = `# Configuration

Everything that a deployment may choose. A setting stands in \`context\` of \`cdk.json\`, where the local cloud reads it as
well, or follows a command: \`npm run deploy -- -c deadlineHours=48\`, \`npx cdk synth -c stage=dev\`. A value that is not
allowed, and a name that is not in this table, stop the synthesis with one sentence. What is off by default leaves no trace
in the template.

This page is made from \`infra/settings/table.ts\` by \`node infra/settings/writeConfigurationPage.ts\`; a test compares the two.
`;

/** The text of docs/configuration.md, before Prettier lays out its table. */
export function configurationPage(): string {
  const rows = Object.entries(SETTINGS).map(([name, { reader, byDefault, effect }]) =>
    [`\`${name}\``, shown(byDefault), reader.allowed, effect].map((cell) =>
      cell.replaceAll('|', String.raw`\|`),
    ),
  );
  const table = [['setting', 'default', 'allowed', 'effect'], ['-', '-', '-', '-'], ...rows];
  return `${ABOUT}\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n${NOTES}`;
}

function shown(byDefault: unknown): string {
  const text = typeof byDefault === 'object' ? 'none' : String(byDefault);
  return text === 'none' ? text : `\`${text}\``;
}

const NOTES = `
## API keys

An API key without a date ends 7 days after it was made, and every client is refused from then on. So \`npm run deploy\` refuses
to start while \`apiKeyExpires\` is set neither in \`cdk.json\` nor by \`-c\`, and prints the end of the key when it is done. The
date is fixed and not a number of days, because a template that depends on today would change the key at every deployment. Every synthesis, and so
every deployment, prints a warning from 30 days before a key ends. To move the end on, change the date and deploy: the key
stays the same. AppSync deletes a key 60 days after its end; then set \`apiKeyExpires\` to \`off\`, and use the second key.

[Operations](operations.md#rotate-the-api-key) has the steps that rotate the key without an outage.

## Several deployments

\`-c stage=dev\` makes a stack of its own, \`Countersign-dev\`, with its own API, workflow, buckets, logs, alarms and metrics.
Nothing is shared but the quotas of the account, so a load test needs an account of its own.

## Changing a setting while orders wait

\`deadlineHours\`, \`reminderHours\` and \`workRetries\` are part of the workflow's definition. An order keeps the definition with
which its execution began, so a change applies to the orders that start after the deployment. A shorter
\`workTimeoutSeconds\` applies to every order at once, because it is the functions' own; a longer one to the orders that start
after the deployment, because older ones have the old limit in their definition.

Every other setting applies at once. Leave \`customerManagedKey\` on once it is on: without it the functions may not use the
key, and so cannot read the records and the task tokens that it has encrypted. The key itself stays in the account.
`;
