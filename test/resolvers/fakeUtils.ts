import { randomUUID } from 'node:crypto';

/** What `util.error` aborts a handler with. */
export class Refused extends Error {
  readonly type: string;
  readonly info: unknown;
  constructor(message: string, type: string, info: unknown) {
    super(message);
    this.type = type;
    this.info = info;
  }
}

/** The package is types and empty objects: this is the little that the resolvers use. */
export const util = {
  autoId: () => randomUUID(),
  matches: (pattern: string, value: string) => new RegExp(pattern).test(value),
  base64Encode: (text: string) => Buffer.from(text, 'utf8').toString('base64'),
  error: (message: string, type: string, _data: unknown, info: unknown) => {
    throw new Refused(message, type, info);
  },
};
