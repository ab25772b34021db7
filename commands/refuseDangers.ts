import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTemplate } from '../infra/checks/checkTemplate.ts';
import { BadCommand } from './outputs.ts';

/** A template that AWS would take, and that should not be deployed. */
export function refuseDangers(assembly: string): void {
  const templates = globSync('*.template.json', { cwd: assembly });
  const dangers = templates
    .filter((name) => name.startsWith('Countersign.') || name.startsWith('Countersign-'))
    .flatMap((name) => checkTemplate(JSON.parse(readFileSync(join(assembly, name), 'utf8'))));
  if (templates.length === 0) throw new BadCommand(`${assembly} has no template: cdk synth wrote nothing.`);
  if (dangers.length > 0)
    throw new BadCommand(
      `The template is not safe to deploy:\n${dangers.map((danger) => `- ${danger}`).join('\n')}`,
    );
  console.log('Nothing dangerous was found.');
}
