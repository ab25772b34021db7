import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { configurationPage } from './configurationPage.ts';

// Writes docs/configuration.md anew.
const FILE = join(import.meta.dirname, '../../docs/configuration.md');
writeFileSync(
  FILE,
  await format(configurationPage(), { ...(await resolveConfig(FILE)), parser: 'markdown' }),
);
