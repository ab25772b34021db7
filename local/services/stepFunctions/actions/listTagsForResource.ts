import type { Action } from '../wire/action.ts';
import { taggedMachine } from './tags.ts';

export const listTagsForResource: Action = (members, context) => ({
  tags: context.tags.of(taggedMachine(members, context).id),
});
