import type { GraphQLResolveInfo } from 'graphql';

export function pathOf({ path }: Pick<GraphQLResolveInfo, 'path'>): readonly (string | number)[] {
  const parts: (string | number)[] = [];
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step !== undefined; step = step.prev)
    parts.unshift(step.key);
  return parts;
}
