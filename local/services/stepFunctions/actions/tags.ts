import { isObject } from '../../../ground/json.ts';
import type { Machine } from '../engine/records/machineStore.ts';
import type { Tag } from '../engine/records/tagStore.ts';
import { StepFunctionsError } from '../errors.ts';
import type { Context } from '../wire/action.ts';
import { requiredArn } from '../wire/arn.ts';
import { type Members, readMembers } from '../wire/requestMembers.ts';

const MAX_TAGS = 50;
const KEY_RULE = { minimum: 1, maximum: 128 };
const VALUE_RULE = { maximum: 256 };

/** The tags of a request; none when it has none. */
export function readTags(members: Members): readonly Tag[] {
  return (members.list('tags') ?? []).map((item, index) => {
    const tag = readMembers(isObject(item) ? item : {}, `tags.${index + 1}.member.`);
    const key = tag.requiredText('key', KEY_RULE);
    const value = tag.text('value', VALUE_RULE) ?? '';
    tag.check();
    return { key, value };
  });
}

/** The machine that the member `resourceArn` names: nothing else can be tagged here. */
export function taggedMachine(members: Members, { machines }: Context): Machine {
  const arn = requiredArn(members, 'resourceArn', 'stateMachine');
  const machine = machines.byArn(arn);
  if (machine !== null) return machine;
  throw new StepFunctionsError('ResourceNotFound', `Resource not found: '${arn}'`);
}

export function checkCount(tags: readonly Tag[], arn: string): void {
  if (new Set(tags.map(({ key }) => key)).size <= MAX_TAGS) return;
  throw new StepFunctionsError('TooManyTags', `Too many tags: '${arn}' has at most ${MAX_TAGS}`);
}
