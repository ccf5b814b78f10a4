// Requests over HTTP whose status is all that counts; a refusal is a status from 400 on.
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { host, upgrade } from './client.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const mostMilliseconds = 30_000;

// Returns the status and the JSON of the response, or status 0 when the connection was lost.
export function call(port, method, path, body, type = 'application/json') {
  return new Promise((resolve) => {
    const headers = body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
    const sent = request({ host, port, method, path, headers, agent, timeout: mostMilliseconds }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part)).on('error', () => resolve({ status: 0 })).on('end', () => {
        let json;
        try {
          json = JSON.parse(Buffer.concat(parts).toString());
        } catch {
          json = undefined;
        }
        resolve({ status: response.statusCode, json });
      });
    });
    sent.on('error', () => resolve({ status: 0 })).on('timeout', () => sent.destroy());
    sent.end(body);
  });
}

// Opens a stream or a WebSocket, reads nothing of it, and completes when it has ended or after the given time.
export function hold(port, path, milliseconds, isSocket = false) {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const timer = setTimeout(() => socket.destroy(), milliseconds);
    socket.on('error', () => {}).on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.write(isSocket ? upgrade(port, path) : `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
    socket.pause();
  });
}
