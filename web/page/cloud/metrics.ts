import type { Config } from '../../config.ts';

/** A metric of the local cloud since its process began. */
export type Metric = {
  readonly name: string;
  /** Whose it is: the values of its dimensions. */
  readonly of: string;
  readonly count: number;
  readonly sum: number;
  readonly unit: string;
};

/** The metrics that CloudWatch would have; @throws Error with a sentence for the person. */
export async function loadMetrics({ graphqlUrl, apiKey }: Config): Promise<readonly Metric[]> {
  const response = await fetch(new URL('/_local/metrics', graphqlUrl), { headers: { 'x-api-key': apiKey } });
  if (!response.ok) throw new Error(`The metrics were answered with status ${response.status}.`);
  const { metrics } = fieldsOf(await response.json());
  return Array.isArray(metrics) ? metrics.map(parseMetric) : [];
}

function parseMetric(value: unknown): Metric {
  const { name, dimensions, count, sum, unit } = fieldsOf(value);
  return {
    name: String(name),
    of: Object.values(fieldsOf(dimensions)).map(shortName).join(', '),
    count: Number(count),
    sum: Number(sum),
    unit: unit === 'None' || unit === 'Count' ? '' : String(unit).toLowerCase(),
  };
}

/** The last part of an ARN. */
function shortName(dimension: unknown): string {
  return String(dimension).split(':').at(-1) ?? '';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
