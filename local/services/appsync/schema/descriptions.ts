import { Kind, TokenKind, type ASTNode, type ASTVisitor, type Token } from 'graphql';

/** AppSync shows comments as descriptions, and cannot parse the texts that the specification has for them. */
export function withComments(warnings: string[]): ASTVisitor {
  return {
    enter: (node: ASTNode) => {
      if (!DESCRIBED.has(node.kind)) return undefined;
      if ('description' in node && node.description !== undefined) {
        if (warnings.length === 0) warnings.push(TEXT_AS_DESCRIPTION);
        return undefined;
      }
      const value = commentsBefore(node.loc?.startToken).join('\n');
      return value === '' ? undefined : { ...node, description: { kind: Kind.STRING, value } };
    },
  };
}

const TEXT_AS_DESCRIPTION =
  'AppSync cannot parse descriptions that are texts: a deployment of this schema fails. Write them as comments, which AppSync shows as descriptions.';

const DESCRIBED: ReadonlySet<string> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.FIELD_DEFINITION,
  Kind.INPUT_VALUE_DEFINITION,
  Kind.ENUM_VALUE_DEFINITION,
]);

/** The comments on the lines directly before a token. */
function commentsBefore(token: Token | undefined): readonly string[] {
  const comment = token?.prev;
  const isOwnLine = comment?.kind === TokenKind.COMMENT && comment.line !== comment.prev?.line;
  if (!isOwnLine || comment.line + 1 !== token?.line) return [];
  return [...commentsBefore(comment), comment.value];
}
