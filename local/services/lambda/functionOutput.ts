import type { LogFile } from '../../ground/logFile.ts';
import type { Redact } from '../../ground/redact.ts';

export type FunctionOutput = {
  /** What is written from now on belongs to this invocation. */
  readonly startInvocation: (requestId: string) => void;
  /** What the function wrote, in pieces of any size. */
  readonly take: (text: string) => void;
  /** Lines of Lambda itself; they are for the log and not for the terminal. */
  readonly addPlatform: (lines: string) => void;
  /** The log of the invocation that ends here, at most the last 4 KB of it. */
  readonly endInvocation: () => string;
};

type OutputOptions = {
  readonly log: LogFile;
  readonly redact: Redact;
  /** `requestId` is that of the invocation; empty before the first one. */
  readonly onLine: (line: string, requestId: string) => void;
};

/** As much as X-Amz-Log-Result carries. */
const TAIL_LENGTH = 4096;
/** A longer line without a break gets one. */
const MAX_LINE_CHARACTERS = 1_000_000;

/** The output of one instance: whole lines, without secrets, to the log, the terminal and the invocation's tail. */
export function createFunctionOutput({ log, redact, onLine }: OutputOptions): FunctionOutput {
  let partial = '';
  let invocation = '';
  let tail = '';

  function add(lines: string): void {
    log.write(lines);
    tail = (tail + lines).slice(-TAIL_LENGTH);
  }
  function addOwn(text: string): void {
    const lines = redact(text);
    add(lines);
    for (const line of lines.split('\n')) if (line !== '') onLine(line, invocation);
  }
  function endLine(): void {
    if (partial !== '') addOwn(`${partial}\n`);
    partial = '';
  }
  return {
    startInvocation: (requestId) => {
      endLine();
      invocation = requestId;
    },
    take: (text) => {
      const whole = partial + text;
      const end = whole.length > MAX_LINE_CHARACTERS ? betweenWords(whole) : whole.lastIndexOf('\n') + 1;
      partial = whole.slice(end);
      if (end > 0) addOwn(whole.slice(0, end));
    },
    addPlatform: (lines) => {
      endLine();
      add(lines);
    },
    endInvocation: () => {
      const ended = tail;
      tail = '';
      return ended;
    },
  };
}

/** Where a text can be cut without cutting a secret in two, which would hide it from the redaction. */
function betweenWords(text: string): number {
  const [, word = ''] = /([\w+/=%\\-]{0,5000})$/.exec(text.slice(-5000)) ?? [];
  return word.length < 5000 ? text.length - word.length : text.length;
}
