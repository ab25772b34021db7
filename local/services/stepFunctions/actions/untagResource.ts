import type { Action } from '../wire/action.ts';
import { taggedMachine } from './tags.ts';

export const untagResource: Action = (members, context) => {
  const keys = members.requiredList('tagKeys').map(String);
  const { id } = taggedMachine(members, context);
  context.tags.remove(id, keys);
  return {};
};
