import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';

type SourceMap = { readonly sources: readonly string[]; readonly mappings: string };

/**
 * A source map without what comes from packages: a map of the SDK is twice the size of its code, and a function reads
 * its maps at every cold start. Null where all comes from packages.
 */
export function ownSourceMap(text: string): string | null {
  const { sources, mappings }: SourceMap = JSON.parse(text);
  const own = sources.filter(isOwn);
  if (own.length === 0) return null;
  const places = new Map(own.map((source, place) => [source, place]));
  const kept = decode(mappings).map((line) => line.map((segment) => renumbered(segment, sources, places)));
  return JSON.stringify({
    version: 3,
    // Below the bundle, wherever that lies: /var/task/functions/… on AWS.
    sources: own.map((source) => source.replace(/^(?:\.\.\/)+/, '')),
    names: [],
    mappings: encode(kept.map(withoutRepeated)),
  });
}

function isOwn(source: string): boolean {
  return !source.includes('node_modules/') && !source.startsWith('builtin:');
}

/** A segment with its column alone says that what follows has no source. */
function renumbered(
  segment: SourceMapSegment,
  sources: readonly string[],
  places: ReadonlyMap<string, number>,
): SourceMapSegment {
  const [column, source = -1, line = 0, sourceColumn = 0] = segment;
  const place = places.get(sources[source] ?? '');
  return place === undefined ? [column] : [column, place, line, sourceColumn];
}

/** Of segments in a row, the first one of each line of a source: a stack trace names lines. */
function withoutRepeated(line: readonly SourceMapSegment[]): SourceMapSegment[] {
  return line.filter(([, source, sourceLine], index) => {
    const [, previous, previousLine] = line[index - 1] ?? [];
    return index === 0 ? source !== undefined : source !== previous || sourceLine !== previousLine;
  });
}
