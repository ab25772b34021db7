import { SourceMap } from 'node:module';
import type { CodeProblem } from './evaluator.ts';

type Place = Pick<CodeProblem, 'file' | 'line' | 'column'>;

/** Positions in a bundle, told as positions in the file that it was made from where the bundle carries a source map. */
export function createLocator(text: string, file: string): (position: number) => Place {
  const map = sourceMapOf(text);
  return (position) => {
    const before = text.slice(0, position).split('\n');
    const [line, column] = [before.length, (before.at(-1) ?? '').length + 1];
    const entry = map?.findEntry(line - 1, column - 1);
    if (entry === undefined || !('originalSource' in entry)) return { file, line, column };
    return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  };
}

const INLINE = /\/\/# sourceMappingURL=data:application\/json;(?:charset=[\w-]+;)?base64,([\w+/=]+)\s*$/;

function sourceMapOf(text: string): SourceMap | null {
  const [, encoded] = INLINE.exec(text) ?? [];
  if (encoded === undefined) return null;
  try {
    return new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  } catch {
    return null; // the code is what counts; its own lines are told then
  }
}
