const { WebSocket } = globalThis;
globalThis.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(String(url).replace(/^wss:\/\/(localhost|127\.0\.0\.1):/, 'ws://$1:'), protocols);
  }
};
