import { fieldsOf } from './fields.ts';

/** A caller whose token AppSync has verified. */
export type Person = {
  /** The token's email, preferred_username or sub. */
  readonly name: string;
  /** The issuer and its id of the person: it stays the same when the name changes. */
  readonly id: string;
  readonly groups: readonly string[];
};

/** What a resolver says of its caller; null for an API key. */
export function parsePerson(value: unknown): Person | null {
  if (value === undefined || value === null) return null;
  const fields = fieldsOf(value, 'a signed-in caller');
  const groups = fields.value('groups');
  return {
    name: fields.text('name'),
    id: fields.text('id'),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
  };
}
