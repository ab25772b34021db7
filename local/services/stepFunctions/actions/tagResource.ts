import type { Action } from '../wire/action.ts';
import { checkCount, readTags, taggedMachine } from './tags.ts';

export const tagResource: Action = (members, context) => {
  members.requiredList('tags');
  const { id, arn } = taggedMachine(members, context);
  const tags = readTags(members);
  checkCount([...context.tags.of(id), ...tags], arn);
  context.tags.add(id, tags);
  return {};
};
