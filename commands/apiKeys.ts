import { AppSyncClient, DeleteApiKeyCommand, ListApiKeysCommand, type ApiKey } from '@aws-sdk/client-appsync';
import { isGone } from './isGone.ts';
import { BadCommand, regionOf, type Outputs } from './outputs.ts';

/** A key and when it ends, such as 2027-06-30T12:00:00.000Z. */
export type KeyInUse = { readonly id: string; readonly end: string };

export const fetchApiKey = async (outputs: Outputs): Promise<string> => (await fetchLongestKey(outputs)).id;

/** The key that lives longest. A key is not a stack output: build logs print those. */
export async function fetchLongestKey(outputs: Outputs): Promise<KeyInUse> {
  const keys = await listKeys(outputs);
  const [longest] = keys.toSorted((left, right) => (right.expires ?? 0) - (left.expires ?? 0));
  if (longest?.id === undefined)
    throw new BadCommand('The API has no key: set apiKeyExpires or secondApiKeyExpires and deploy again.');
  return { id: longest.id, end: new Date((longest.expires ?? 0) * 1000).toISOString() };
}

/** From here on no client with a key is answered. None is left of an API that is gone. */
export async function deleteApiKeys(outputs: Outputs): Promise<number> {
  const client = clientOf(outputs);
  const keys = await listKeys(outputs).catch((error: unknown) => {
    if (!isGone(error, 'NotFoundException')) throw error;
    return [];
  });
  for (const { id } of keys) await client.send(new DeleteApiKeyCommand({ apiId: outputs['ApiId'], id }));
  return keys.length;
}

async function listKeys(outputs: Outputs): Promise<readonly ApiKey[]> {
  if (outputs['ApiId'] === undefined)
    throw new BadCommand(
      'The outputs have neither ApiKey nor ApiId: they are not what npm run deploy wrote.',
    );
  const { apiKeys = [] } = await clientOf(outputs).send(new ListApiKeysCommand({ apiId: outputs['ApiId'] }));
  return apiKeys;
}

function clientOf(outputs: Outputs): AppSyncClient {
  return new AppSyncClient({ region: regionOf(outputs) });
}
