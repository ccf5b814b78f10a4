import type { WireLog } from './wireLog';

/** Returns a WebSocket class that connects by a route, logs its frames and reports each connection attempt. */
export function loggedSocket(
  log: WireLog,
  route: (url: string | URL) => string | URL,
  attempted: (socket: WebSocket) => void,
): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(route(url), protocols);
      attempted(this);
      this.addEventListener('message', (event) => log.add('in', event.data));
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      log.add('out', data);
      super.send(data as string);
    }
  } as typeof WebSocket;
}
