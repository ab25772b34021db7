import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject, parseJson, parseObject } from '../../ground/json.ts';
import { BadAssembly } from '../../ground/refusal.ts';

/** What cdk.json says, as far as it counts here. */
export type CdkJson = {
  /** The command that writes the cloud assembly into the folder CDK_OUTDIR. */
  readonly app: string;
  readonly context: JsonObject;
  readonly watch: { readonly include: readonly string[]; readonly exclude: readonly string[] };
};

const DEFAULT_OUTPUT = 'cdk.out';

/** Reads cdk.json and cdk.context.json of a CDK app, as the CDK CLI does. Throws BadAssembly. */
export function readCdkJson(root: string): CdkJson {
  const file = readObject(root, 'cdk.json');
  if (file === null) {
    throw new BadAssembly(
      `There is no cdk.json in ${root}: start in the folder of a CDK app, or give a cloud assembly with --assembly.`,
    );
  }
  const { app, output, watch } = file;
  if (typeof app !== 'string' || app === '') {
    throw new BadAssembly(
      `cdk.json has no "app": it must be the command that runs the CDK app, such as "node infra/app.ts".`,
    );
  }
  const { include = '**', exclude = [] } = parseObject(watch);
  return {
    app,
    context: { ...parseObject(file['context']), ...readObject(root, 'cdk.context.json') },
    watch: {
      include: [include].flat().map(String),
      exclude: [...[exclude].flat().map(String), String(output ?? DEFAULT_OUTPUT)],
    },
  };
}

/** Null when the file does not exist. */
function readObject(root: string, name: string): JsonObject | null {
  const file = join(root, name);
  if (!existsSync(file)) return null;
  const parsed = parseJson(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new BadAssembly(`${name} is not valid JSON: ${parsed.reason}.`);
  if (isObject(parsed.value)) return parsed.value;
  throw new BadAssembly(`${name} must hold a JSON object.`);
}
