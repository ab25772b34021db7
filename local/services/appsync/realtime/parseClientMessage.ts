import { parseJsonObject, parseObject } from '../../../ground/json.ts';
export type ClientMessage =
  | { readonly type: 'connection_init' }
  | { readonly type: 'start'; readonly id: string; readonly data: string; readonly authorization: unknown }
  | { readonly type: 'stop'; readonly id: string }
  | { readonly type: 'unsupported' };

/** What a client may say. */
export const CLIENT_MESSAGES = [
  'connection_init',
  'start',
  'stop',
] as const satisfies readonly ClientMessage['type'][];

const MAX_ID_CHARACTERS = 256;
const UNSUPPORTED: ClientMessage = { type: 'unsupported' };

/** Reads a frame of a client; whatever is not one of the three known messages is unsupported. */
export function parseClientMessage(text: string): ClientMessage {
  const message = parseJsonObject(text) ?? {};
  const { type, id, payload } = message;
  if (type === 'connection_init') return { type };
  if (typeof id !== 'string' || id === '' || id.length > MAX_ID_CHARACTERS) return UNSUPPORTED;
  if (type === 'stop') return { type, id };
  const { data, extensions } = parseObject(payload);
  if (type !== 'start' || typeof data !== 'string') return UNSUPPORTED;
  return { type, id, data, authorization: parseObject(extensions)['authorization'] };
}
