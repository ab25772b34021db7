import type { JsonObject } from '../../../ground/json.ts';
import type { Diagnostics } from './diagnostics.ts';

const MEMBERS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const INNER_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Branches: ['Comment', 'StartAt', 'States'],
  ItemProcessor: ['Comment', 'ProcessorConfig', 'StartAt', 'States'],
  Iterator: ['Comment', 'StartAt', 'States'],
};

/** Refuses what a machine, a branch or a processor cannot have. */
export function checkMembers(fields: JsonObject, pointer: string, diagnostics: Diagnostics): void {
  const kind = pointer.split('/').at(-1)?.split('[')[0] ?? '';
  const known = pointer === '' ? MEMBERS : (INNER_MEMBERS[kind] ?? MEMBERS);
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) {
      diagnostics.schema(`Field '${name}' is not supported`, pointer === '' ? '/' : pointer);
    }
  }
  for (const name of ['Comment', 'Version']) {
    const text = fields[name];
    if (text !== undefined && typeof text !== 'string') {
      diagnostics.schema('Expected value of type String', `${pointer}/${name}`);
    } else if (name === 'Version' && text !== undefined && text !== '1.0') {
      diagnostics.schema('Value should be one of the following: [1.0]', `${pointer}/${name}`);
    }
  }
}

/** The seconds of the whole machine; null without a limit. */
export function readTimeout(definition: JsonObject, diagnostics: Diagnostics): number | null {
  const seconds = definition['TimeoutSeconds'];
  if (seconds === undefined) return null;
  if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 1) return seconds;
  diagnostics.schema('Expected a positive value of type Integer', '/TimeoutSeconds');
  return null;
}
