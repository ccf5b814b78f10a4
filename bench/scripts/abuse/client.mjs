// WebSocket client of the client protocol in JSON, on a socket whose bytes and address the script controls.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

export const host = '127.0.0.1';

// A client's frames are masked (RFC 6455 5.3); a key of zeros leaves the payload unchanged.
export function frame(text, opcode = 1) {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]) : Buffer.alloc(8);
  if (payload.length > 65535) throw new Error('a frame of this script has 65,535 bytes at most');
  if (payload.length >= 126) {
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | 126;
    head.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([head, payload]);
}

export const upgrade = (port, path = '/connection/websocket') =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
  + `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`;

export class Client {
  #socket;
  #buffer = Buffer.alloc(0);
  #isOpen = false;
  #replies = new Map();
  #lastId = 0;
  isGone = false;
  ended;
  // Receives each push as text; most messages are pushes.
  onPush;

  constructor(port, localAddress) {
    this.#socket = connect({ port, host, localAddress, noDelay: true });
    this.#socket.on('data', (data) => this.#receive(data));
    this.ended = new Promise((resolve) => this.#socket.on('close', () => {
      this.isGone = true;
      for (const answer of this.#replies.values()) answer(undefined);
      this.#replies.clear();
      resolve();
    }));
    this.#socket.on('error', () => {});
    this.#socket.on('end', () => this.#socket.end());
    this.#socket.write(upgrade(port));
  }

  // Returns the reply to connect: its result or its error.
  connect(data) {
    return this.call('connect', data ? { data } : {});
  }

  // Returns the reply to a command, or undefined if the connection has ended.
  call(command, parameters) {
    return this.callAll([[command, parameters]]).then(([reply]) => reply);
  }

  rpc(method, data) {
    return this.call('rpc', { method, data });
  }

  // Sends several commands in one message.
  callAll(commands) {
    if (this.isGone) return Promise.resolve(commands.map(() => undefined));
    const replies = commands.map(() => {
      const id = ++this.#lastId;
      return new Promise((resolve) => this.#replies.set(id, resolve));
    });
    const first = this.#lastId - commands.length + 1;
    this.#socket.write(frame(commands.map(([command, parameters], i) => JSON.stringify({ id: first + i, [command]: parameters })).join('\n')));
    return Promise.all(replies);
  }

  // Sends one-way messages, which have no reply, in one message.
  sendAll(messages) {
    if (!this.isGone) this.#socket.write(frame(messages.map((data) => JSON.stringify({ send: { data } })).join('\n')));
  }

  // Stops reading permanently.
  turnDeaf() {
    this.#socket.pause();
  }

  end() {
    this.#socket.destroy();
  }

  #receive(data) {
    this.#buffer = this.#buffer.length === 0 ? data : Buffer.concat([this.#buffer, data]);
    if (!this.#isOpen) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      if (!this.#buffer.subarray(0, 13).toString().includes('101')) return this.end();
      this.#isOpen = true;
      this.#buffer = this.#buffer.subarray(end + 4);
    }
    let at = 0;
    while (this.#buffer.length - at >= 2) {
      const short = this.#buffer[at + 1] & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (this.#buffer.length - at < head) break;
      const length = short < 126 ? short : short === 126 ? this.#buffer.readUInt16BE(at + 2) : Number(this.#buffer.readBigUInt64BE(at + 2));
      if (this.#buffer.length - at < head + length) break;
      const opcode = this.#buffer[at] & 15;
      const payload = this.#buffer.toString('utf8', at + head, at + head + length);
      at += head + length;
      if (opcode === 8) return this.end();
      if (opcode === 9) this.#socket.write(frame(payload, 10));
      else if (opcode === 1) payload.split('\n').forEach((line) => this.#take(line));
    }
    this.#buffer = this.#buffer.subarray(at);
  }

  #take(line) {
    if (line === '{}') return void this.#socket.write(frame('{}'));
    if (!line.startsWith('{"id":')) return void this.onPush?.(line);
    const reply = JSON.parse(line);
    this.#replies.get(reply.id)?.(reply);
    this.#replies.delete(reply.id);
  }
}
