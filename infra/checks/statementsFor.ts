import { resourcesOf, type PlainResource, type PlainTemplate } from './plainTemplate.ts';

export type Statement = {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
};

export type Lookup = { readonly type: string; readonly property: string; readonly bucket: PlainResource };

/** The statements of the policies that name a bucket, a queue or a topic. */
export function statementsFor(
  template: PlainTemplate,
  { type, property, bucket }: Lookup,
): readonly Statement[] {
  return resourcesOf(template, type)
    .filter(({ properties }) => [properties[property]].flat().includes(`<${bucket.name}>`))
    .flatMap(({ properties }) => [Object(properties['PolicyDocument']).Statement].flat());
}

/** Whether a statement is about everyone, and not about one service or role. */
export const isForAll = ({ Principal }: Statement): boolean =>
  Principal === '*' || Object(Principal).AWS === '*';

export const deniesPlainHttp = (statements: readonly Statement[]): boolean =>
  statements.some(
    (statement) =>
      statement.Effect === 'Deny' &&
      isForAll(statement) &&
      JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
  );

export const openStatements = (name: string, statements: readonly Statement[]): readonly string[] =>
  statements
    .filter((statement) => statement.Effect !== 'Deny' && isForAll(statement))
    .map(() => `The policy of ${name} lets everyone in.`);
