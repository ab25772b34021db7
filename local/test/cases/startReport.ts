import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { reasonOf } from '../../cli/reasonOf.ts';
import { startCloud } from '../../cloud/startCloud.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** A started assembly, or the words with which its start was refused. */
export type Started =
  | { readonly refusal: string }
  | {
      readonly refusal: null;
      readonly port: number;
      /** All outputs of all stacks. */
      readonly outputs: Readonly<Record<string, string>>;
      readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
      /** Everything that was printed so far. */
      readonly printed: () => string;
    };

/** Runs a cloud assembly as `npm start -- --assembly` does, on a free port and a data folder of its own. */
export async function startReport(assembly: string): Promise<Started> {
  const folder = temporaryFolder();
  const [data, web] = [join(folder, 'data'), join(folder, 'web')];
  mkdirSync(web);
  const lines: string[] = [];
  try {
    const cloud = await startCloud({
      data,
      port: 0,
      testControls: true,
      functionPorts: true,
      people: [],
      assembly: () => assembly,
      host: null,
      files: () => web,
      onLog: (source, line) => void lines.push(`${source} | ${line}`),
    });
    onTestFinished(cloud.stop);
    return {
      refusal: null,
      port: cloud.port,
      outputs: outputsIn(data),
      credentials: credentialsIn(data),
      printed: () => lines.join('\n'),
    };
  } catch (error) {
    return { refusal: reasonOf(error) };
  }
}

function outputsIn(data: string): Readonly<Record<string, string>> {
  const stacks: Readonly<Record<string, Record<string, string>>> = JSON.parse(
    readFileSync(join(data, 'outputs.json'), 'utf8'),
  );
  return Object.assign({}, ...Object.values(stacks));
}

function credentialsIn(data: string) {
  const text = readFileSync(join(data, 'credentials'), 'utf8');
  const value = (name: string) => new RegExp(`^${name} *= *(.+)$`, 'm').exec(text)?.[1] ?? '';
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
}
