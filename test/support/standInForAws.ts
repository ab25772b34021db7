import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export type StandIn = {
  readonly url: string;
  /** What was asked, in order: `DescribeStacks`, `DELETE /v1/apis/…`. */
  readonly asked: string[];
  /** The stack that CloudFormation has; null once it is deleted. */
  stack: { readonly name: string; readonly isProtected: boolean } | null;
  /** The API keys that AppSync has, and when they end. */
  readonly keys: Map<string, number>;
  readonly close: () => void;
};

/** The few calls of CloudFormation and of AppSync's API keys that commands make and that the local cloud does not have. */
export async function standInForAws(): Promise<StandIn> {
  const server = createServer((request, response) => {
    void answer(standIn, request).then(({ status = 200, body }) => response.writeHead(status).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const standIn: StandIn = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    stack: { name: 'Countersign', isProtected: false },
    keys: new Map(),
    close: () => void server.close(),
  };
  return standIn;
}

type Answer = { readonly status?: number; readonly body: string };

async function answer(standIn: StandIn, request: IncomingMessage): Promise<Answer> {
  const { method = '', url = '' } = request;
  const body = await text(request);
  if (!url.startsWith('/v1/apis/')) return cloudFormation(standIn, new URLSearchParams(body));
  standIn.asked.push(`${method} ${url}`);
  if (method === 'DELETE') standIn.keys.delete(url.split('/').at(-1) ?? '');
  const apiKeys = [...standIn.keys].map(([id, expires]) => ({ id, expires }));
  return { body: JSON.stringify(method === 'GET' ? { apiKeys } : {}) };
}

function cloudFormation(standIn: StandIn, asked: URLSearchParams): Answer {
  const [action, name] = [asked.get('Action') ?? '', asked.get('StackName') ?? ''];
  standIn.asked.push(action);
  if (standIn.stack?.name !== name && !name.includes(`stack/${standIn.stack?.name}/`))
    return { status: 400, body: error('ValidationError', `Stack with id ${name} does not exist`) };
  if (action === 'DeleteStack') standIn.stack = null;
  return { body: described(action, standIn.stack) };
}

const error = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

function described(action: string, stack: StandIn['stack']): string {
  if (action !== 'DescribeStacks' || stack === null)
    return `<${action}Response><${action}Result></${action}Result></${action}Response>`;
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>
    <StackId>arn:aws:cloudformation:us-east-1:111111111111:stack/${stack.name}/1</StackId>
    <StackName>${stack.name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
    <CreationTime>2026-01-01T00:00:00Z</CreationTime>
    <EnableTerminationProtection>${stack.isProtected}</EnableTerminationProtection>
  </member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
