import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { BadAssembly, Unsupported } from '../../ground/refusal.ts';
import { isObject, type JsonObject, parseJson, parseObject, parseText } from '../../ground/json.ts';

/** One stack of a cloud assembly: its template, and where its assets lie on this machine. */
export type Stack = {
  readonly name: string;
  readonly template: JsonObject;
  /** From an asset's object key in the deployment bucket to the file or folder that it is made of. */
  readonly assets: ReadonlyMap<string, string>;
};

/** Reads the stacks of a folder that `cdk synth` wrote. Throws BadAssembly or Unsupported. */
export function readAssembly(folder: string): readonly Stack[] {
  const manifest = readManifest(folder);
  const artifacts = Object.entries(parseObject(manifest['artifacts']));
  const nested = artifacts.find(([, artifact]) => parseObject(artifact)['type'] === 'cdk:cloud-assembly');
  if (nested !== undefined) {
    throw new Unsupported(
      `Nested cloud assemblies (CDK stages) are not supported: ${nested[0]}. Give the stage's own folder with --assembly.`,
    );
  }
  const stacks = artifacts
    .filter(([, artifact]) => parseObject(artifact)['type'] === 'aws:cloudformation:stack')
    .map(([id, artifact]) => readStack(folder, id, parseObject(artifact)));
  if (stacks.length === 0) throw new BadAssembly(`The cloud assembly ${folder} holds no stack.`);
  return stacks;
}

function readManifest(folder: string): JsonObject {
  const file = join(folder, 'manifest.json');
  if (existsSync(file)) return readJson(file);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new BadAssembly(`${folder} is not a folder. Run cdk synth and pass its output folder.`);
  }
  const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  if (templates.length === 0) {
    throw new BadAssembly(
      `${folder} is not a cloud assembly: it has no manifest.json. Run cdk synth and pass its output folder.`,
    );
  }
  const artifacts = templates.map((templateFile) => [
    templateFile.replace('.template.json', ''),
    { type: 'aws:cloudformation:stack', properties: { templateFile } },
  ]);
  return { artifacts: Object.fromEntries(artifacts) };
}

function readStack(folder: string, id: string, artifact: JsonObject): Stack {
  const properties = parseObject(artifact['properties']);
  const templateFile = parseText(properties['templateFile'], `${id}.template.json`);
  const template = readJson(join(folder, templateFile));
  return {
    name: parseText(properties['stackName'], parseText(artifact['displayName'], id)),
    template,
    assets: readAssets(folder, templateFile.replace('.template.json', '.assets.json')),
  };
}

function readAssets(folder: string, assetsFile: string): ReadonlyMap<string, string> {
  const file = join(folder, assetsFile);
  if (!existsSync(file)) return new Map();
  const assets = new Map<string, string>();
  for (const asset of Object.values(parseObject(readJson(file)['files'])).filter(isObject)) {
    const path = parseText(parseObject(asset['source'])['path'], '');
    for (const destination of Object.values(parseObject(asset['destinations'])).filter(isObject)) {
      assets.set(parseText(destination['objectKey'], ''), isAbsolute(path) ? path : join(folder, path));
    }
  }
  return assets;
}

function readJson(file: string): JsonObject {
  if (!existsSync(file)) throw new BadAssembly(`${file} of the cloud assembly does not exist.`);
  const parsed = parseJson(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new BadAssembly(`${file} of the cloud assembly is not valid JSON: ${parsed.reason}.`);
  if (isObject(parsed.value)) return parsed.value;
  throw new BadAssembly(`${file} of the cloud assembly does not hold a JSON object.`);
}
