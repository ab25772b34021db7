/** The part of the browser's WebSocket that the client uses. */
export type Socket = {
  addEventListener(
    type: 'open' | 'close' | 'error' | 'message',
    listener: (event: { readonly type?: string; readonly data?: unknown }) => void,
  ): void;
  send(text: string): void;
  close(): void;
};
export type SocketConstructor = new (url: string, protocols: string[]) => Socket;

export type Fetch = (
  url: string,
  options: { method: string; headers: Record<string, string>; body: string; signal: AbortSignal },
) => Promise<{ readonly ok: boolean; readonly status: number; readonly text: () => Promise<string> }>;

/** The timers of the platform; a test brings its own. */
export type Timers = {
  readonly now: () => number;
  readonly setTimeout: (act: () => void, milliseconds: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
};

/** The current token of the person who is signed in, without `Bearer`; null while signed out. */
export type TokenSource = () => string | null | Promise<string | null>;
