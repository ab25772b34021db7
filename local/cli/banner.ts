import type { Cloud, Example } from '../cloud/startCloud.ts';

/** What `npm start` prints when the cloud serves: where everything is and what to try first. */
export function banner(cloud: Cloud, data: string): string {
  const base = `http://localhost:${cloud.port}`;
  const graphql = cloud.api === null ? [] : apiLines(base, cloud.api);
  return [
    '',
    `Ready in ${cloud.startedInMilliseconds} ms.`,
    '',
    ...graphql,
    `  AWS endpoint   http://127.0.0.1:${cloud.port}   (Step Functions, S3, SQS, Lambda, EventBridge; use ${data}/credentials)`,
    '',
    ...(cloud.api === null
      ? []
      : cloud.examples.flatMap((example) => curl(base, cloud.api?.key ?? '', example))),
    'Stop with Ctrl+C. Everything is kept in the data folder, also when the process is killed.',
    '',
  ].join('\n');
}

function apiLines(base: string, api: { readonly key: string }): readonly string[] {
  return [
    `  Page           ${base}/`,
    `  Playground     ${base}/playground`,
    `  GraphQL        ${base}/graphql`,
    `  Realtime       ${base.replace('http', 'ws')}/graphql/realtime`,
    `  API key        ${api.key}`,
  ];
}

function curl(base: string, key: string, { title, query, variables }: Example): readonly string[] {
  const body = JSON.stringify({ query, variables }).replaceAll("'", String.raw`'\''`);
  return [
    `# ${title}`,
    `curl -s ${base}/graphql -H 'content-type: application/json' -H 'x-api-key: ${key}' -d '${body}'`,
    '',
  ];
}
