import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export type LogFile = {
  /** Whole lines, without secrets. They are in the file a moment later. */
  readonly write: (lines: string) => void;
  readonly close: () => void;
};

const MAX_FILE_BYTES = 5_000_000;
const MAX_BUFFER_CHARACTERS = 65_536;
const FLUSH_MILLISECONDS = 50;

/** The log file of a function or a service: `<name>.log` and, once that is full, the part before it as `<name>.log.1`. */
export function createLogFile(folder: string, name: string): LogFile {
  const file = join(folder, `${name.replaceAll(/[^\w-]/g, '_')}.log`);
  let buffer = '';
  let timer: NodeJS.Timeout | null = null;
  let open: OpenFile | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const text = buffer;
    buffer = '';
    try {
      if (text !== '') open = append(open ?? openFile(folder, file), text, file);
    } catch {
      open = null; // a full disk ends the store, which says so; a log must not end what writes it
    }
  }
  return {
    write: (lines) => {
      buffer += lines;
      if (buffer.length > MAX_BUFFER_CHARACTERS) flush();
      else timer ??= setTimeout(flush, FLUSH_MILLISECONDS).unref();
    },
    close: () => {
      flush();
      if (open !== null) closeSync(open.descriptor);
      open = null;
    },
  };
}

type OpenFile = { readonly descriptor: number; readonly size: number };

function openFile(folder: string, file: string): OpenFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const descriptor = openSync(file, 'a', 0o600);
  return { descriptor, size: fstatSync(descriptor).size };
}

function append({ descriptor, size }: OpenFile, text: string, file: string): OpenFile | null {
  const written = size + writeSync(descriptor, text);
  if (written < MAX_FILE_BYTES) return { descriptor, size: written };
  closeSync(descriptor);
  renameSync(file, `${file}.1`);
  return null;
}
