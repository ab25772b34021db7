import { fieldsOf, parseJson } from '../../client/answers/json.ts';
import type { Socket, SocketConstructor } from '../../client/platform.ts';
import { subprotocols } from '../../client/realtime/subprotocols.ts';
import { sign, type Credentials } from './sign.ts';

// AppSync has an IAM caller sign the connection as a POST of {} to …/graphql/connect, and every subscription as a POST
// of its data: https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
const SIGNED_HEADERS = {
  accept: 'application/json, text/javascript',
  'content-encoding': 'amz-1.0',
  'content-type': 'application/json; charset=UTF-8',
};

/** A WebSocket for the client's realtime code that puts signatures where that has credentials. */
export function signingSocket(graphqlUrl: string, credentials: Credentials): SocketConstructor {
  const authorization = async (url: string, body: string) => ({
    host: new URL(graphqlUrl).host,
    ...(await sign({ url, body, headers: SIGNED_HEADERS }, credentials)),
  });

  return class SigningSocket implements Socket {
    readonly #target = new EventTarget();
    #isClosed = false;
    /** What is sent, one after another: a frame may have to wait for its signature. */
    #sent: Promise<WebSocket | null>;

    constructor(url: string) {
      this.#sent = this.#open(url);
    }

    addEventListener(
      type: 'open' | 'close' | 'error' | 'message',
      listener: (event: { readonly data?: unknown }) => void,
    ): void {
      this.#target.addEventListener(type, (event) =>
        listener(event instanceof MessageEvent ? { data: event.data } : {}),
      );
    }

    send(text: string): void {
      this.#sent = this.#sent.then(async (socket) => {
        const frame = await withSignature(text);
        if (socket?.readyState === WebSocket.OPEN) socket.send(frame);
        return socket;
      });
    }

    close(): void {
      this.#isClosed = true;
      void this.#sent.then((socket) => socket?.close());
    }

    async #open(url: string): Promise<WebSocket | null> {
      const signed = await authorization(`${graphqlUrl}/connect`, '{}');
      if (this.#isClosed) return null;
      const socket = new WebSocket(url, subprotocols(signed));
      for (const type of ['open', 'close', 'error'] as const)
        socket.addEventListener(type, () => this.#target.dispatchEvent(new Event(type)));
      socket.addEventListener('message', ({ data }) =>
        this.#target.dispatchEvent(new MessageEvent('message', { data })),
      );
      return socket;
    }
  };

  async function withSignature(text: string): Promise<string> {
    const { payload, ...frame } = fieldsOf(parseJson(text));
    const { data } = fieldsOf(payload);
    if (typeof data !== 'string') return text;
    const extensions = { authorization: await authorization(graphqlUrl, data) };
    return JSON.stringify({ ...frame, payload: { data, extensions } });
  }
}
