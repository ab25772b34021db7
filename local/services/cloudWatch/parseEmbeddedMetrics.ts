import { isObject, parseList, parseObject, parseText, type JsonObject } from '../../ground/json.ts';
import type { Datum } from './cloudWatch.ts';

/**
 * The values of a log line in CloudWatch's embedded metric format; null: an ordinary line. What the format does not allow is
 * left out, as CloudWatch does without a word
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export function parseEmbeddedMetrics(line: string): readonly Datum[] | null {
  if (!line.includes('"_aws"')) return null;
  const root = parseJson(line);
  const metadata = root?.['_aws'];
  if (root === null || !isObject(metadata) || !Array.isArray(metadata['CloudWatchMetrics'])) return null;
  return parseList(metadata['CloudWatchMetrics']).flatMap((directive) =>
    dataOf(root, parseObject(directive)),
  );
}

function dataOf(root: JsonObject, directive: JsonObject): readonly Datum[] {
  const namespace = parseText(directive['Namespace'], '');
  const dimensionSets = parseList(directive['Dimensions']).map((set) => dimensionsOf(root, parseList(set)));
  return parseList(directive['Metrics'])
    .map(parseObject)
    .flatMap(({ Name, Unit }) => {
      const name = parseText(Name, '');
      const values = [root[name]].flat().filter((value) => typeof value === 'number');
      const unit = parseText(Unit, 'None');
      return dimensionSets.flatMap((dimensions) =>
        values.map((value) => ({ namespace, name, unit, dimensions, value })),
      );
    });
}

function dimensionsOf(root: JsonObject, names: readonly unknown[]): Readonly<Record<string, string>> {
  const pairs = names.map((name) => [String(name), parseText(root[String(name)], '')]);
  return Object.fromEntries(pairs);
}

function parseJson(line: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
