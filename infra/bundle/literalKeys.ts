import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const SCHEMAS = /[\\/]client-\w+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;
const NAMED_TEXT = /^const (\w+) = ("[^"\\]*");$/gm;
const COMPUTED_KEY = /\[(\w+)\]:/g;

/**
 * Writes the keys of the SDK's schemas as literals. The SDK has `{ [_hH]: … }` with `const _hH = "httpHeader"`, and
 * esbuild keeps all that has a computed key: every operation of S3, which is a sixth of a bundle.
 */
export const literalKeys: Plugin = {
  name: 'literal-keys',
  setup: ({ onLoad }) => {
    onLoad({ filter: SCHEMAS }, async ({ path }) => ({
      contents: withLiteralKeys(await readFile(path, 'utf8')),
    }));
  },
};

export function withLiteralKeys(text: string): string {
  const texts = new Map([...text.matchAll(NAMED_TEXT)].map(([, name, literal]) => [name, literal]));
  return text.replaceAll(COMPUTED_KEY, (key, name: string) => {
    const literal = texts.get(name);
    // Such a key would not be a property, but the object's prototype.
    return literal === undefined || literal === '"__proto__"' ? key : `${literal}:`;
  });
}
