// What the scenarios share: a client on the wanted transport, and waiting for an event under one limit.
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { EventSource } from 'eventsource';

const require = createRequire(import.meta.url);
export const [, , address, transport = 'websocket', encoding = 'json', token = ''] = process.argv;
export const user = token ? JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).sub : '';
const { Centrifuge } = encoding === 'protobuf' ? require('centrifuge/build/protobuf') : require('centrifuge');

const limitMs = 8000;
const sockets = [];

// What arrived on WebSockets, as it was on the wire.
export const frames = [];

// Keeps hold of the sockets, so that a scenario can cut them.
class OwnWebSocket extends WebSocket {
  constructor(...args) {
    super(...args);
    sockets.push(this);
    this.on('message', (message) => frames.push(message.toString()));
  }
}

export function cut() {
  for (const socket of sockets.splice(0)) socket.terminate();
}

export function open(options = {}) {
  const endpoints = {
    websocket: `ws://${address}/connection/websocket`,
    http_stream: [{ transport: 'http_stream', endpoint: `http://${address}/connection/http_stream` }],
    sse: [{ transport: 'sse', endpoint: `http://${address}/connection/sse` }],
  };
  const client = new Centrifuge(endpoints[transport], {
    websocket: OwnWebSocket,
    fetch,
    readableStream: ReadableStream,
    eventsource: EventSource,
    emulationEndpoint: `http://${address}/emulation`,
    minReconnectDelay: 50,
    maxReconnectDelay: 200,
    ...options,
  });
  client.on('error', (context) => console.error('client error', JSON.stringify(context)));
  return client;
}

// One channel per run: scenarios share a server.
export function channel(name, namespace = 'chat') {
  return `${namespace}:${name}-${transport}-${encoding}`;
}

export function data(value) {
  return encoding === 'protobuf' ? new TextEncoder().encode(JSON.stringify(value)) : value;
}

export function read(value) {
  return encoding === 'protobuf' ? JSON.parse(new TextDecoder().decode(value)) : value;
}

export function event(emitter, name, isWanted = () => true) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no '${name}' within ${limitMs} ms`)), limitMs);
    const listener = (context) => {
      if (!isWanted(context)) return;
      clearTimeout(timer);
      emitter.off(name, listener);
      resolve(context);
    };
    emitter.on(name, listener);
  });
}

export async function connected(options) {
  const client = open(options);
  const done = event(client, 'connected');
  client.connect();
  await done;
  return client;
}

export async function subscribed(client, channel, options) {
  const subscription = client.newSubscription(channel, options);
  const done = event(subscription, 'subscribed');
  subscription.subscribe();
  return [subscription, await done];
}

// A map subscription and the map that its events make, as an application would keep it.
export async function mirrored(client, channel, options, make = 'newMapSubscription') {
  const subscription = client[make](channel, options);
  const map = new Map();

  // Entries of presence have no data, which Protobuf says by no bytes.
  const value = (data) => (data?.length === 0 ? undefined : data && read(data));
  subscription.on('sync', ({ entries }) => {
    map.clear();
    for (const { key, data } of entries) map.set(key, value(data));
  });
  subscription.on('update', ({ key, data, removed }) => {
    if (removed) map.delete(key);
    else map.set(key, value(data));
  });
  const done = event(subscription, 'sync');
  subscription.subscribe();
  await done;
  return [subscription, map];
}

export async function api(method, params) {
  const response = await fetch(`http://${address}/api/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': 'secret' },
    body: JSON.stringify(params),
  });
  const { error, result } = await response.json();
  if (error) throw new Error(`${method}: ${error.code} ${error.message}`);
  return result;
}
