import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJsonObject, parseObject } from '../ground/json.ts';

/** The address of the cloud that runs on a data folder, by the outputs that it wrote; null when they name none. */
export function addressIn(data: string): string | null {
  const file = join(data, 'outputs.json');
  const stacks = Object.values((existsSync(file) ? parseJsonObject(readFileSync(file, 'utf8')) : null) ?? {});
  const urls = stacks.flatMap((stack) => Object.values(parseObject(stack))).map(String);
  const url = urls.find((text) => /^http:\/\/localhost:\d+\//.test(text));
  return url === undefined ? null : new URL(url).origin;
}
