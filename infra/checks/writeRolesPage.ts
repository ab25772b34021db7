import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { synthesize } from '../synthesize.ts';
import { plainTemplate } from './plainTemplate.ts';
import { rolesPage } from './rolesPage.ts';

// Writes docs/roles.md anew.
const FILE = join(import.meta.dirname, '../../docs/roles.md');
const folder = mkdtempSync(join(tmpdir(), 'countersign-roles-'));
try {
  process.env['CDK_VALIDATION'] = 'false';
  await synthesize({ output: folder });
  const template = plainTemplate(JSON.parse(readFileSync(join(folder, 'Countersign.template.json'), 'utf8')));
  const options = { ...(await resolveConfig(FILE)), parser: 'markdown' };
  writeFileSync(FILE, await format(rolesPage(template), options));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
