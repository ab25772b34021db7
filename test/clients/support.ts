import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolver } from '../../local/test/services/appsync/support/apiDefinition.ts';
import { CLIENT, type Issuer } from '../../local/test/services/appsync/support/startIssuer.ts';
import { openToApprovers } from '../../infra/api/openToApprovers.ts';
import { startApi, type RunningApi } from '../../local/test/services/appsync/support/startApi.ts';

export const schema = readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8');
export const SUBSCRIPTION =
  'subscription S($orderId: ID) { onOrderStatus(orderId: $orderId) { orderId status version } }';
export const PUBLISH =
  'mutation P($input: OrderStatusEventInput!) { publishOrderStatus(input: $input) { orderId status version at } }';

const RESOLVERS = [resolver('Mutation.publishOrderStatus')];

/** The project's API, with publishing open to keys so that a client alone can play both parts. */
export function startOrderApi(port = 0): Promise<RunningApi> {
  const open = schema.replace('): OrderStatusEvent! @aws_iam', '): OrderStatusEvent! @aws_api_key @aws_iam');
  return startApi({ schema: open, resolvers: RESOLVERS }, { port });
}

/** The same API for people who are signed in at this issuer; publishing is open to them. */
export function startSignedInApi({ url: issuer }: Issuer): Promise<RunningApi> {
  const open = openToApprovers(schema, 'oidc').replace(
    '): OrderStatusEvent! @aws_iam',
    '): OrderStatusEvent! @aws_iam @aws_oidc',
  );
  return startApi({
    schema: open,
    additionalAuth: ['AWS_IAM', 'OPENID_CONNECT'],
    tokenProviders: [{ mode: 'OPENID_CONNECT', issuer, clientId: CLIENT, iatTtl: null, authTtl: null }],
    resolvers: RESOLVERS,
  });
}

export function statusInput(orderId: string, version: number) {
  return { orderId, version, status: 'PROCESSING', at: '2026-01-01T00:00:00Z' };
}

/** Values that somebody pushes, to be awaited one by one. */
export type Inbox<T> = {
  readonly push: (value: T) => void;
  readonly next: () => Promise<T>;
};

export function createInbox<T>(): Inbox<T> {
  const values: T[] = [];
  const readers: ((value: T) => void)[] = [];
  return {
    push: (value) => {
      const reader = readers.shift();
      if (reader) reader(value);
      else values.push(value);
    },
    next: () => {
      const value = values.shift();
      return value === undefined ? new Promise((resolve) => readers.push(resolve)) : Promise.resolve(value);
    },
  };
}

/** Publishes until the inbox has something: a client does not say when its subscription is acknowledged. */
export async function publishUntilHeard<T>(publish: () => Promise<unknown>, inbox: Inbox<T>): Promise<T> {
  const state = { heard: false };
  const first = inbox.next().then((value) => {
    state.heard = true;
    return value;
  });
  while (!state.heard) await publish();
  return first;
}
