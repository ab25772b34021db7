import { randomUUID } from 'node:crypto';
import {
  type GraphqlAnswer,
  postGraphql,
  sign,
  signForSocket,
  type SignOptions,
} from '@countersign/local-cloud/testing';
import type { ProtocolTarget } from './protocolTarget.ts';

/** Posts a query with the API key. */
export function ask(target: ProtocolTarget, query: string, variables?: unknown): Promise<GraphqlAnswer> {
  return postGraphql(target, JSON.stringify({ query, variables }), { 'x-api-key': target.apiKey });
}

export type StatusInput = {
  readonly orderId: string;
  readonly version?: number;
  readonly reason?: string | null;
};

/** Publishes a status as the state-change functions do: signed, with `selection` as what subscribers may see. */
export async function publish(
  target: ProtocolTarget,
  { orderId, version = 1, reason = null }: StatusInput,
  selection = 'orderId status version at reason decidedBy deadline reminder',
): Promise<GraphqlAnswer> {
  const input = { orderId, status: 'PROCESSING', version, at: new Date().toISOString(), reason };
  const query = `mutation ($input: OrderStatusEventInput!) { publishOrderStatus(input: $input) { ${selection} } }`;
  const body = JSON.stringify({ query, variables: { input } });
  return postGraphql(target, body, await signed(target, body));
}

/** The headers of a request with this body, signed for AppSync. */
export function signed(
  { graphqlUrl: url, credentials, region }: ProtocolTarget,
  body: string,
  changes: Partial<SignOptions> = {},
): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json' };
  return sign({ url, body, credentials, region, headers, service: 'appsync', ...changes });
}

/** The authorization of a socket; the path of a handshake is `/connect`. */
export function signedForSocket(
  { graphqlUrl, credentials, region }: ProtocolTarget,
  body = '{}',
  { path = '', ...changes }: Partial<SignOptions> & { readonly path?: string } = {},
): Promise<Record<string, string>> {
  const url = `${graphqlUrl}${path}`;
  return signForSocket({ url, body, credentials, region, service: 'appsync', ...changes });
}

export function newOrderId(): string {
  return `protocol-${randomUUID()}`;
}
