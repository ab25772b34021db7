import type { PlainTemplate } from './plainTemplate.ts';

type Statement = {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
};
type Document = { readonly Statement: readonly Statement[] };

/** What each role may do, one line an action and resource: `s3:GetObject <OrdersBucket.Arn>/orders/*.json`. */
export function permissionsOf({ resources }: PlainTemplate): Readonly<Record<string, readonly string[]>> {
  const permissions: Record<string, string[]> = {};
  const add = (role: string, document: unknown): void => {
    permissions[role] = [...(permissions[role] ?? []), ...linesOf(parseDocument(document))].toSorted();
  };
  for (const { name, type, properties } of resources) {
    if (type === 'AWS::IAM::Role') {
      for (const { PolicyDocument } of parseList(properties['Policies'])) add(name, PolicyDocument);
    } else if (type === 'AWS::IAM::Policy') {
      for (const role of parseRoles(properties['Roles'])) add(role, properties['PolicyDocument']);
    }
  }
  return permissions;
}

function linesOf({ Statement }: Document): readonly string[] {
  return Statement.flatMap(({ Effect, Action, Resource, Condition }) =>
    [Action].flat().flatMap((action) =>
      [Resource].flat().map((resource) => {
        const when = Condition === undefined ? '' : ` when ${JSON.stringify(Condition)}`;
        return `${Effect === 'Allow' ? '' : `${Effect} `}${action} ${resource}${when}`;
      }),
    ),
  );
}

function parseDocument(value: unknown): Document {
  return value as Document;
}

function parseList(value: unknown): readonly { readonly PolicyDocument: unknown }[] {
  return Array.isArray(value) ? value : [];
}

function parseRoles(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map((role) => String(role).slice(1, -1)) : [];
}
