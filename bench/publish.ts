import type { TestCloud } from '@countersign/local-cloud/testing';

/** Publishes a status as an administrator, signed as the functions sign theirs; resolves when AppSync has answered. */
export function createPublisher(cloud: TestCloud): (orderId: string) => Promise<void> {
  return async (orderId) => {
    const query = `mutation { publishOrderStatus(input: {orderId: "${orderId}", status: PAUSED, version: 3, at: "2026-01-01T00:00:00Z"}) { orderId status version at } }`;
    const response = await cloud.fetchSigned({
      path: '/graphql',
      service: 'appsync',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const answer: { errors?: unknown } = await response.json();
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  };
}
