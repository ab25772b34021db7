/** A person of the development issuer. */
export type Person = { readonly name: string; readonly groups: readonly string[] };

const NAME = /^[^\s,:\p{Cc}](?:[^,:\p{Cc}]{0,62}[^\s,:\p{Cc}])?$/u;
const MAX_PEOPLE = 100;

/** Reads `Ada,Grace:approvers:admins`: names, each with its groups. Answers a sentence for what is wrong. */
export function parsePeople(text: string): readonly Person[] | string {
  const people = text.split(',').map((one) => {
    const [name = '', ...groups] = one.split(':').map((part) => part.trim());
    return { name, groups };
  });
  const wrong = people.flatMap(({ name, groups }) => [name, ...groups]).find((part) => !NAME.test(part));
  if (wrong !== undefined)
    return `--people takes names and groups of 1 to 64 characters, such as Ada,Grace:approvers; got "${wrong}".`;
  const names = people.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `--people names each person once; got "${twice}" twice.`;
  return people.length <= MAX_PEOPLE
    ? people
    : `--people takes at most ${MAX_PEOPLE} people; got ${people.length}.`;
}

/** The claims of a person's token: those of OpenID Connect, and those that a user pool's tokens have. */
export function claimsOf({ name, groups }: Person): Readonly<Record<string, unknown>> {
  return {
    name,
    preferred_username: name,
    ...(name.includes('@') ? { email: name, email_verified: true } : {}),
    ...(groups.length > 0 ? { groups, 'cognito:groups': groups } : {}),
    'cognito:username': name,
  };
}
