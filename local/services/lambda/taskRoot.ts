import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { FunctionDefinition } from './lambda.ts';

/** The folder of a function's code. Source text from the template is written beside the logs, as index.js. */
export function taskRootOf({ code, name }: FunctionDefinition, logFolder: string): string {
  if ('folder' in code) return resolve(code.folder);
  const folder = resolve(join(dirname(logFolder), 'functions', name));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'index.js'), code.inline, { mode: 0o600 });
  return folder;
}
