import { randomUUID } from 'node:crypto';
import { sign } from '../../local/test/services/appsync/support/sign.ts';
import type { ProtocolTarget } from './protocolTarget.ts';

type Json = ReturnType<typeof JSON.parse>;
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: Json };

/** Posts `body` with `headers` only. */
export async function send(
  { graphqlUrl }: ProtocolTarget,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return answerOf(response);
}

/** Posts a query with the API key. */
export function ask(target: ProtocolTarget, query: string, variables?: unknown): Promise<Answer> {
  return send(target, JSON.stringify({ query, variables }), { 'x-api-key': target.apiKey });
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
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
): Promise<Answer> {
  const input = { orderId, status: 'PROCESSING', version, at: new Date().toISOString(), reason };
  const query = `mutation ($input: OrderStatusEventInput!) { publishOrderStatus(input: $input) { ${selection} } }`;
  const body = JSON.stringify({ query, variables: { input } });
  const { graphqlUrl: url, credentials, region } = target;
  return send(target, body, await sign({ url, body, credentials, region }));
}

export function newOrderId(): string {
  return `protocol-${randomUUID()}`;
}
