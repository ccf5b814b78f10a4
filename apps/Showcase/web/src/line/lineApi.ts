import type { LineSettings } from './profiles';

export interface OpenedLine {
  readonly id: string;
  readonly port: number;
}

export interface LineBytes {
  readonly sent: number;
  readonly delivered: number;
  readonly held: number;
}

export interface LineCounts {
  readonly opened: number;
  readonly open: number;
  readonly refused: number;
  readonly up: LineBytes;
  readonly down: LineBytes;
}

/** The control of lines, which docs/protocol/line.md describes. It throws when the server does not answer. */
export interface LineApi {
  open(settings: LineSettings): Promise<OpenedLine>;
  /** Returns undefined when the server has no such line. */
  change(id: string, settings: LineSettings): Promise<LineCounts | undefined>;
  counts(id: string): Promise<LineCounts | undefined>;
  close(id: string): void;
}

/** A refusal of the server with its reason. */
export class LineRefusal extends Error {}

/** Returns the sentence for a call that failed: the reason of a refusal, or that there was no response. */
export function problemOf(error: unknown): string {
  return error instanceof LineRefusal ? error.message : 'The server does not answer. Try again when it does.';
}

/** Returns whether the server opens lines for this page: they listen on loopback and are reached by these names. */
export function hasLines(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1';
}

/** Controls lines over HTTP, beside the connection that they carry. */
export function lineApi(key: () => string): LineApi {
  return {
    open: async (settings) => (await call('POST', '', { ...settings, key: key() })) as OpenedLine,
    change: async (id, settings) => (await call('PUT', `/${id}`, settings)) as LineCounts | undefined,
    counts: async (id) => (await call('GET', `/${id}`)) as LineCounts | undefined,
    // The request outlives the page.
    close: (id) => void fetch(`/lines/${id}`, { method: 'DELETE', keepalive: true }).catch(() => undefined),
  };
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`/lines${path}`, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) return response.json();
  if (response.status === 404 && path !== '') return undefined;
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  throw new LineRefusal(message ?? `The server answered with ${response.status}.`);
}
