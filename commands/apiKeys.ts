import { AppSyncClient, DeleteApiKeyCommand, ListApiKeysCommand, type ApiKey } from '@aws-sdk/client-appsync';
import { BadCommand, isGone, regionOf, type Outputs } from './outputs.ts';

/** The key that lives longest. A key is not a stack output: build logs print those. */
export async function fetchApiKey(outputs: Outputs): Promise<string> {
  const keys = await listKeys(outputs);
  const [longest] = keys.toSorted((left, right) => (right.expires ?? 0) - (left.expires ?? 0));
  if (longest?.id === undefined)
    throw new BadCommand('The API has no key: set apiKeyExpires or secondApiKeyExpires and deploy again.');
  return longest.id;
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
