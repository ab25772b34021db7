import { Kind, parse, print, visit, type ConstDirectiveNode, type ObjectTypeDefinitionNode } from 'graphql';
import type { Approvers } from '../settings/approvers.ts';

const MARKS = { oidc: 'aws_oidc', cognito: 'aws_cognito_user_pools' } satisfies Record<
  Approvers['kind'],
  string
>;
const API_KEY = 'aws_api_key';
/** The fields that only signed-in people may call. */
const DECISIONS = ['confirmOrder', 'cancelOrder'];
const ROOTS = ['Query', 'Mutation', 'Subscription'];

/**
 * The schema for signed-in approvers: decisions are theirs alone, everything else that the API key may do is theirs
 * as well. What only IAM may do stays so.
 */
export function openToApprovers(schema: string, kind: Approvers['kind']): string {
  const mark = directive(MARKS[kind]);
  const open = (type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode =>
    ROOTS.includes(type.name.value) ? openFields(type, mark) : openType(type, mark);
  return `${print(visit(parse(schema), { ObjectTypeDefinition: open }))}\n`;
}

function openType(type: ObjectTypeDefinitionNode, mark: ConstDirectiveNode): ObjectTypeDefinitionNode {
  return hasMark(type, API_KEY) ? marked(type, [mark]) : type;
}

function openFields(type: ObjectTypeDefinitionNode, mark: ConstDirectiveNode): ObjectTypeDefinitionNode {
  const fields = (type.fields ?? []).map((field) => {
    if (hasMark(field, 'aws_iam')) return field;
    return marked(field, DECISIONS.includes(field.name.value) ? [mark] : [directive(API_KEY), mark]);
  });
  return { ...type, fields };
}

type Markable = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

function marked<Node extends Markable>(node: Node, marks: readonly ConstDirectiveNode[]): Node {
  return { ...node, directives: [...(node.directives ?? []), ...marks] };
}

function hasMark({ directives = [] }: Markable, name: string): boolean {
  return directives.some((each) => each.name.value === name);
}

function directive(name: string): ConstDirectiveNode {
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: name } };
}
