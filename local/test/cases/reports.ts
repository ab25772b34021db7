import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What has to hold of an answer; every member counts. Texts are regular expressions. */
export type Right = {
  readonly any?: readonly Right[];
  readonly starts?: true;
  readonly refused?: string;
  readonly warned?: string;
  readonly equals?: unknown;
  readonly errorMessage?: string;
  readonly errorType?: string;
  readonly deliversNothing?: true;
  readonly delivers?: number;
  readonly status?: string;
  readonly httpStatus?: number | readonly number[] | string;
  readonly text?: string;
  readonly notText?: string;
};

export type Step = { readonly right: Right; readonly unclear?: string } & (
  | { readonly do: 'start' }
  | { readonly do: 'graphql'; readonly query: string; readonly variables?: unknown }
  | {
      readonly do: 'subscribe';
      readonly query: string;
      readonly variables?: unknown;
      readonly then: readonly string[];
    }
  | { readonly do: 'lambda'; readonly function: string; readonly payload: unknown }
  | { readonly do: 'sfn'; readonly definition: unknown; readonly input: unknown }
  | { readonly do: 'event'; readonly entry: Readonly<Record<string, unknown>> }
  | { readonly do: 'python'; readonly code: readonly string[] }
);

/** A cloud assembly with what AWS answers when it is asked. */
export type Report = { readonly name: string; readonly folder: string; readonly steps: readonly Step[] };

/** Beside the project, like the recordings: the reports belong to others. */
const FOLDER = join(import.meta.dirname, '../../../../shared/cases/public-reports');

/** The cases made from public reports; none when they are not on this machine. */
export function readReports(root = process.env['REPORTED_CASES'] ?? FOLDER): readonly Report[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => existsSync(join(root, name, 'steps.json')))
    .toSorted()
    .map((name) => {
      const folder = join(root, name);
      const { steps }: { readonly steps: readonly Step[] } = JSON.parse(
        readFileSync(join(folder, 'steps.json'), 'utf8'),
      );
      return { name, folder, steps };
    });
}
