import { BadCommand, type Outputs } from './outputs.ts';

const MAX_MILLISECONDS = 10_000;

/** Asks the API for its name: a key that has ended, or an API that is gone, is then one sentence instead of many failures. */
export async function askApi({ GraphQLUrl = '', ApiKey = '' }: Outputs): Promise<void> {
  const response = await fetch(GraphQLUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': ApiKey },
    body: JSON.stringify({ query: '{ __typename }' }),
    signal: AbortSignal.timeout(MAX_MILLISECONDS),
  });
  await response.body?.cancel();
  if (response.status === 401)
    throw new BadCommand(
      `${GraphQLUrl} refuses the API key of the outputs: it has ended or was replaced. Run npm run deploy, which writes the current one.`,
    );
  if (!response.ok)
    throw new BadCommand(
      `${GraphQLUrl} answered with the status ${response.status}; the outputs are not of an API that is there.`,
    );
}
