import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A cloud assembly of one stack, `Other`, in a folder. */
export function writeAssembly(folder: string, resources: unknown, outputs: unknown = {}): string {
  const template = JSON.stringify({ Resources: resources, Outputs: outputs });
  writeFileSync(join(folder, 'Other.template.json'), template);
  const artifacts = {
    Other: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Other.template.json' } },
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '55.0.0', artifacts }));
  return folder;
}
