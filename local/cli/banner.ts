import type { Cloud } from '../cloud/startCloud.ts';
import type { Example } from './readExamples.ts';

export type Banner = {
  readonly cloud: Cloud;
  /** The data folder as the user gave it. */
  readonly data: string;
  readonly hasPage: boolean;
  readonly examples: readonly Example[];
  readonly testControls: boolean;
  readonly host: string | null;
};

/** What is printed when the cloud serves: where everything is and what to try first. */
export function banner({ cloud, data, hasPage, examples, testControls, host }: Banner): string {
  const base = `http://localhost:${cloud.port}`;
  const key = cloud.api?.key ?? null;
  return [
    '',
    `Ready in ${cloud.startedInMilliseconds} ms.`,
    '',
    ...(hasPage ? pageLines(base) : []),
    ...(cloud.api === null ? [] : apiLines(base, key)),
    `  AWS endpoint   http://127.0.0.1:${cloud.port}   (Step Functions, S3, SQS, Lambda, EventBridge; use ${data}/credentials)`,
    ...(testControls
      ? [`  Test controls  ${base}/_local/clock and ${base}/_local/faults (also on the page)`]
      : []),
    '',
    ...(host === null
      ? []
      : [
          `WARNING: --host ${host} lets every machine that can reach port ${cloud.port} of this one connect. Use it in networks that you trust.`,
          '',
        ]),
    ...(key === null ? [] : examples.flatMap((example) => curl(base, key, example))),
    'Stop with Ctrl+C. Everything is kept in the data folder, also when the process is killed.',
    '',
  ].join('\n');
}

function pageLines(base: string): readonly string[] {
  return [`  Page           ${base}/`, `  Playground     ${base}/playground`];
}

function apiLines(base: string, key: string | null): readonly string[] {
  return [
    `  GraphQL        ${base}/graphql`,
    `  Realtime       ${base.replace('http', 'ws')}/graphql/realtime`,
    ...(key === null ? [] : [`  API key        ${key}`]),
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
