import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../support/localCloud.ts';
import { untilOrder } from '../support/follow.ts';

let cloud: LocalCloud;

beforeAll(async () => {
  const rules = ['-c', 'approverGroup=approvers', '-c', 'selfApproval=refused'];
  cloud = await startLocalCloud({ flags: ['--people', 'Ada:approvers,Grace:approvers,Carl', ...rules] });
  return cloud.remove;
});

type Answer = {
  readonly data: Readonly<Record<string, ReturnType<typeof JSON.parse>>> | null;
  readonly errors?: readonly { readonly errorType: string; readonly message: string }[];
};

async function tokenOf(username: string): Promise<string> {
  const response = await fetch(`${cloud.endpoint()}/_local/issuer/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'countersign', username }),
  });
  const { id_token: token }: { id_token: string } = await response.json();
  return token;
}

async function ask(query: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(cloud.outputs().GraphQLUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

const withKey = () => ({ 'x-api-key': cloud.outputs().ApiKey });
const as = async (name: string) => ({ authorization: await tokenOf(name) });
const place = (orderId: string) =>
  `mutation { processOrder(input: {orderId: "${orderId}"}) { requestedBy } }`;
const confirm = (orderId: string) =>
  `mutation { confirmOrder(input: {orderId: "${orderId}", isConfirmed: true, decidedBy: "Mallory"}) {
    decision { kind decidedBy isVerified }
  } }`;

describe('an order that only signed-in people decide', () => {
  test('placed by Grace, is not confirmed by her, nor with the API key, but by Ada', async () => {
    const orderId = randomUUID();
    const placed = await ask(place(orderId), await as('Grace'));
    await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');

    const own = await ask(confirm(orderId), await as('Grace'));
    const script = await ask(confirm(orderId), withKey());
    const other = await ask(confirm(orderId), await as('Ada'));

    expect(placed.data?.['processOrder']).toEqual({ requestedBy: 'Grace' });
    expect(own.errors).toMatchObject([
      {
        errorType: 'NotAllowed',
        message: `Order "${orderId}" was placed by "Grace", who may not confirm it. Another person must decide.`,
      },
    ]);
    expect(script.errors).toMatchObject([{ errorType: 'Unauthorized' }]);
    expect(other.data?.['confirmOrder'].decision).toEqual({
      kind: 'CONFIRMED',
      decidedBy: 'Ada',
      isVerified: true,
    });
    await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'COMPLETED');
  });

  test('is placed and followed with the API key as well', async () => {
    const orderId = randomUUID();

    const placed = await ask(place(orderId), withKey());
    await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');

    expect(placed.errors).toBeUndefined();
  });

  test('cannot be decided by a person outside the group', async () => {
    const orderId = randomUUID();
    await ask(place(orderId), withKey());

    const answer = await ask(confirm(orderId), await as('Carl'));

    expect(answer.errors).toMatchObject([
      {
        errorType: 'NotAllowed',
        message: `Order "${orderId}" can be decided only by members of the group "approvers".`,
      },
    ]);
  });

  test("leaves no token in what the cloud prints, nor in its data folder's logs", async () => {
    const token = await tokenOf('Ada');
    const orderId = randomUUID();
    await ask(place(orderId), { authorization: token });
    await ask(confirm(orderId), { authorization: `${token}x` });
    await untilOrder(cloud.outputs(), orderId, ({ status }) => status === 'PAUSED');

    const signature = token.split('.')[2] ?? token;

    expect(cloud.printed()).not.toContain(signature);
  });
});
