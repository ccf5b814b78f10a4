export type Direction = 'in' | 'out';

export interface Frame {
  readonly number: number;
  readonly direction: Direction;
  /** The local time of the frame in Unix milliseconds. */
  readonly at: number;
  readonly bytes: number;
  readonly text: string;
}

const keptFrames = 200;

/** The log of the socket: totals since the page was opened, and the latest frames. */
export class WireLog {
  readonly #frames: Frame[] = [];
  readonly #encoder = new TextEncoder();
  readonly totals = { in: { frames: 0, bytes: 0 }, out: { frames: 0, bytes: 0 } };

  add(direction: Direction, data: unknown): void {
    const text = typeof data === 'string' ? data : '(binary)';
    const bytes = data instanceof ArrayBuffer ? data.byteLength : this.#byteLength(text);
    const total = this.totals[direction];
    total.frames++;
    total.bytes += bytes;
    const number = this.totals.in.frames + this.totals.out.frames;
    this.#frames.push({ number, direction, at: Date.now(), bytes, text });
    if (this.#frames.length > keptFrames) this.#frames.shift();
  }

  /** Newest first. */
  latest(count: number): Frame[] {
    return this.#frames.slice(-count).reverse();
  }

  #byteLength(text: string): number {
    for (let index = 0; index < text.length; index++)
      if (text.charCodeAt(index) > 127) return this.#encoder.encode(text).length;
    return text.length;
  }
}

/** Describes a frame of the client protocol in one line. */
export function describeFrame(frame: Frame): string {
  const lines = frame.text.split('\n').filter((line) => line !== '');
  return lines.map((line) => describeLine(line, frame.direction)).join(' · ');
}

function describeLine(line: string, direction: Direction): string {
  if (line === '{}') return direction === 'in' ? 'ping' : 'pong';
  let message: Record<string, unknown>;
  try {
    message = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return line.slice(0, 80);
  }
  const push = message.push as { channel?: string } | undefined;
  if (push) {
    const kind = Object.keys(push).find((key) => key !== 'channel') ?? 'push';
    return `${kind === 'pub' ? '' : `${kind} `}${push.channel ?? ''}`;
  }
  const id = typeof message.id === 'number' ? ` #${message.id}` : '';
  const kind = Object.keys(message).find((key) => key !== 'id') ?? 'empty';
  const body = message[kind] as { channel?: string; method?: string; code?: number; message?: string };
  if (kind === 'error') return `error ${body.code}: ${body.message}${id}`;
  const about = direction === 'out' ? (body?.channel ?? body?.method ?? '') : '';
  return `${kind}${about === '' ? '' : ` ${about}`}${direction === 'in' ? ' reply' : ''}${id}`;
}
