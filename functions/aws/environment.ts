const SET_BY = {
  BUCKET_NAME: 'OrderBucket in infra/bucket/orderBucket.ts',
  WAITING_BUCKET_NAME: 'WaitingBucket in infra/bucket/waitingBucket.ts',
  STATE_MACHINE_ARN: 'OrderWorkflow.letStart in infra/workflow/orderWorkflow.ts',
  GRAPHQL_URL: 'OrderApi.letPublish in infra/api/orderApi.ts',
  AWS_REGION: 'Lambda',
  AWS_ACCESS_KEY_ID: 'Lambda',
  AWS_SECRET_ACCESS_KEY: 'Lambda',
} as const;

/** The only reader of the environment. */
export function environment(name: keyof typeof SET_BY): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`Environment variable ${name} is missing. It is set by ${SET_BY[name]}.`);
  return value;
}

/** Where the metrics stand: a stage has a namespace of its own. */
export const metricsNamespace = (): string => process.env['METRICS_NAMESPACE'] ?? 'Countersign';

/** The group that approvers must be in; null where every caller of the API may decide. */
export const approverGroup = (): string | null => process.env['APPROVER_GROUP'] ?? null;

/** Whether the requester of an order may not confirm it. */
export const isSelfApprovalRefused = (): boolean => process.env['SELF_APPROVAL'] === 'refused';

/** Where EventBridge is, when every status goes to the account's event bus; null: it does not. */
export function eventsUrl(): string | null {
  const url = process.env['EVENTS_URL'];
  if (url === undefined || url === '') return null;
  return process.env['AWS_ENDPOINT_URL_EVENTBRIDGE'] ?? url; // as the SDK's clients find another endpoint
}

/** Lambda's credentials have a session token; those of a person may have none. */
export const sessionToken = (): string | undefined => process.env['AWS_SESSION_TOKEN'];
