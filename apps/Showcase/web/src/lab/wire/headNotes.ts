/** Explains the lines of a handshake, by the name of the field in lower case. */
const notes: Readonly<Record<string, string>> = {
  'host': 'The host of the request; its port is the one of the line.',
  'upgrade': 'The protocol for the rest of the connection.',
  'connection': 'Upgrade concerns this connection alone: a proxy that does not support it drops the field.',
  'origin': 'The origin of the page. The server compares it with those it admits, because browsers open WebSockets to any host.',
  'sec-websocket-key': '16 random bytes in base64. The server shows with the accept key that it has read them.',
  'sec-websocket-version': '13 is the version of RFC 6455.',
  'sec-websocket-extensions': 'permessage-deflate compresses messages (RFC 7692) when both sides name it.',
  'sec-websocket-protocol': 'The subprotocols, of which the server selects one.',
  'sec-websocket-accept': 'Computed from the key, below.',
};

/** Returns the meaning of a line; empty for fields that have nothing to do with WebSockets. */
export function noteOf(name: string, value: string): string {
  if (name !== '') return notes[name.toLowerCase()] ?? '';
  if (value.startsWith('GET ')) return 'The handshake is an HTTP request.';
  return value.startsWith('HTTP/1.1 101')
    ? 'From the next byte on the connection carries frames.'
    : 'The upgrade is refused: the connection stays HTTP.';
}
