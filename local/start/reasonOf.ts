/** The errors whose message is a sentence for the user. Anything else is a bug and shows its stack. */
const USER_ERRORS = new Set(['BadFlag', 'StepFailed', 'Unsupported', 'BadAssembly', 'StoreUnusable']);

/** What to print about an error that ends the start: one line where the user can do something about it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForUser = 'type' in error && USER_ERRORS.has(String(error.type));
  if (isForUser) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? ` ${String(error.port)}` : '';
    return `The port${port} is taken: stop what listens there, or choose another with --port.`;
  }
  if ('code' in error && error.code === 'EACCES' && 'port' in error) {
    return `The port ${String(error.port)} may not be used by this user: choose one from 1024 with --port.`;
  }
  return error.stack ?? error.message;
}
