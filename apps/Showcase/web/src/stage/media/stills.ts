import type { Connection } from '../../connection/connection';
import { decodeMedia, kinds } from '../model/mediaMessage';
import { webpOf } from '../model/webp';
import { MediaSocket } from './mediaSocket';

/** Draws the key pictures of a stage, one every two seconds, without WebCodecs and without sound. */
export class Stills {
  readonly #canvas: HTMLCanvasElement;
  readonly #socket: MediaSocket;
  readonly #drawn: () => void;
  #drawnAt = 0;

  /** The number of pictures that were drawn. */
  count = 0;

  constructor(connection: Connection, stage: string, canvas: HTMLCanvasElement, drawn: () => void) {
    [this.#canvas, this.#drawn] = [canvas, drawn];
    this.#socket = new MediaSocket(connection, () => Promise.resolve(`/webinar/${stage}/watch?pictures=key`), (socket) => {
      socket.addEventListener('message', ({ data }) => {
        const message = data instanceof ArrayBuffer ? decodeMedia(data) : undefined;
        // A picture that cannot be decoded is left out.
        if (message?.kind === kinds.keyPicture) void this.#draw(socket, message.payload).catch(() => undefined);
      });
    }, drawn);
  }

  /** The age of the picture on the page, in milliseconds; undefined before the first. */
  get age(): number | undefined {
    return this.#drawnAt === 0 ? undefined : performance.now() - this.#drawnAt;
  }

  start(): void {
    this.#socket.start();
  }

  /** Stops receiving. The last picture stays. */
  stop(): void {
    this.#socket.stop();
  }

  async #draw(socket: WebSocket, payload: Uint8Array): Promise<void> {
    const picture = await createImageBitmap(webpOf(payload));
    if (this.#socket.socket === socket) {
      this.#canvas.getContext('2d', { alpha: false })?.drawImage(picture, 0, 0, this.#canvas.width, this.#canvas.height);
      this.#drawnAt = performance.now();
      this.count++;
      this.#drawn();
    }
    picture.close();
  }
}
