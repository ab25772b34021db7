import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { MAX_CONNECTION_UNREAD_BYTES, MAX_FRAME_BYTES } from '../limits.ts';

/** One open socket. Everything is sent as text frames, in order. */
export type Channel = {
  /** Whether `graphql-ws` was agreed on. */
  readonly speaksGraphqlWs: boolean;
  readonly send: (text: string) => void;
  /** Many frames in one write. */
  readonly sendFrames: (frames: readonly Buffer[]) => void;
  readonly ping: () => void;
  readonly close: (code: number) => void;
  /** Cuts the connection without a word. */
  readonly cut: () => void;
};

export type ChannelEvents = {
  readonly onText: (text: string) => void;
  /** Anything came: a frame or the answer to a ping. */
  readonly onAlive: () => void;
  readonly onClose: () => void;
};

export type Accept = (
  upgrade: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
  serve: (channel: Channel) => ChannelEvents,
) => void;

const PROTOCOL = 'graphql-ws';

/** A peer that was told goodbye and does not answer is cut off after so long. */
const CLOSING_MILLISECONDS = 10_000;

export function createAcceptor(): Accept {
  const options = {
    closeTimeout: CLOSING_MILLISECONDS, // not in the types of `ws`
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: (offered: ReadonlySet<string>) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  };
  const server = new WebSocketServer(options);
  return ({ request, socket, head }, serve) =>
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const events = serve(channelOf(webSocket, socket));
      webSocket.on('message', (data, isBinary) => {
        events.onAlive();
        events.onText(isBinary || !Buffer.isBuffer(data) ? '' : data.toString('utf8'));
      });
      webSocket.on('ping', events.onAlive);
      webSocket.on('pong', events.onAlive);
      webSocket.on('error', () => webSocket.terminate());
      webSocket.on('close', events.onClose);
    });
}

function channelOf(webSocket: WebSocket, socket: Duplex): Channel {
  const cutWhenSlow = () => {
    if (webSocket.bufferedAmount > MAX_CONNECTION_UNREAD_BYTES) webSocket.terminate();
  };
  const send = (text: string) => {
    if (webSocket.readyState === webSocket.OPEN) webSocket.send(text);
  };
  return {
    speaksGraphqlWs: webSocket.protocol === PROTOCOL,
    send: (text) => {
      send(text);
      cutWhenSlow();
    },
    sendFrames: (frames) => {
      const [first, second] = frames;
      if (first === undefined || webSocket.readyState !== webSocket.OPEN) return;
      // Past `ws`, which writes header and text of each frame apart; without compression it keeps nothing back.
      socket.write(second === undefined ? first : Buffer.concat(frames));
      cutWhenSlow();
    },
    ping: () => {
      if (webSocket.readyState === webSocket.OPEN) webSocket.ping();
    },
    close: (code) => webSocket.close(code),
    cut: () => webSocket.terminate(),
  };
}
