import { Refusal } from '../ground/refusal.ts';
const SQLITE_FULL = 13;

/** What to print about an error that ends the start: one line where the user can do something about it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Refusal) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? ` ${String(error.port)}` : '';
    return `The port${port} is taken: stop what listens there, or choose another with --port.`;
  }
  if ('code' in error && error.code === 'EACCES' && 'port' in error) {
    return `The port ${String(error.port)} may not be used by this user: choose one from 1024 with --port.`;
  }
  if (isDiskFull(error)) {
    return `The disk is full (${error.message}): free some space and start again.`;
  }
  if ('syscall' in error) return error.message; // the system's own sentence, with the file in it
  return error.stack ?? error.message;
}

/** The system says so itself, or through SQLite. */
function isDiskFull(error: Error): boolean {
  return (
    ('code' in error && error.code === 'ENOSPC') || ('errcode' in error && error.errcode === SQLITE_FULL)
  );
}
