type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** One line of JSON. Never hand it a task token, a key, or what users wrote. */
export function log(message: string, facts: Facts = {}): void {
  console.error(JSON.stringify({ message, ...facts }));
}

/** What is known of an error without its message, because messages quote what they refuse. */
export function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, stack: frames.map((frame) => frame.trim()).join(' | ') };
}
