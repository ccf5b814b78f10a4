// Lists the servers, with the command that starts each on a port and the package that a peer needs.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const built = (project) => `artifacts/bin/${project}/release/${project}`;

const scratch = mkdtempSync(join(tmpdir(), 'duplex-bench-'));
const echoServer = (transport, ...more) => (port) => [built('EchoServer'), '--transport', transport, '--port', port, ...more];
const hubServer = (transport) => (port) => [built('HubServer'), '--transport', transport, '--port', port];

export const servers = {
  uring: { label: 'Duplex, io_uring', command: echoServer('uring') },
  epoll: { label: 'Duplex, epoll', command: echoServer('epoll') },
  kestrel: { label: 'Duplex on Kestrel', command: echoServer('kestrel') },
  snw: { label: 'Kestrel + System.Net.WebSockets', command: echoServer('snw'), isBaseline: true },
  ws: { label: 'ws (Node)', command: (port) => ['node', 'bench/peers/node/ws.js', port] },
  libwebsockets: {
    label: 'libwebsockets',
    command: (port) => [libwebsockets(), port],
    needs: '/usr/include/libwebsockets.h',
  },
  python: {
    label: 'websockets (Python)',
    command: (port) => ['/usr/bin/python3', 'bench/peers/python/websockets_peer.py', port],
    needs: '/usr/lib/python3/dist-packages/websockets',
  },
  'uring-1-loop': { label: 'Duplex, io_uring, 1 loop', command: echoServer('uring', '--loops', '1'), cores: '0,1', isBaseline: true },
  'uring-2-loops': { label: 'Duplex, io_uring, 2 loops', command: echoServer('uring', '--loops', '2'), cores: '0,1' },
  'epoll-2-loops': { label: 'Duplex, epoll, 2 loops', command: echoServer('epoll', '--loops', '2'), cores: '0,1' },
  'hub-uring': { label: 'Duplex hub, io_uring', command: hubServer('uring') },
  'hub-epoll': { label: 'Duplex hub, epoll', command: hubServer('epoll') },
  'hub-kestrel': { label: 'Duplex hub on Kestrel', command: hubServer('kestrel') },
  signalr: { label: 'SignalR', command: (port) => [built('SignalRPeer'), port], isBaseline: true },
  socketio: { label: 'Socket.IO', command: (port) => ['node', 'bench/peers/node/socketio.js', port] },
  nchan: {
    label: 'Nchan (nginx)',
    command: (port) => ['nginx', '-p', scratch, '-c', nginx(port)],
    needs: '/usr/lib/nginx/modules/ngx_nchan_module.so',
  },
};

// bench/install installs the Debian packages; a peer that is not installed is omitted.
export const isAvailable = (name) => !servers[name].needs || existsSync(servers[name].needs);

function libwebsockets() {
  const binary = join(scratch, 'libwebsockets-echo');
  if (!existsSync(binary)) execFileSync('gcc', ['-O2', '-o', binary, 'bench/peers/libwebsockets/echo.c', '-lwebsockets']);
  return binary;
}

function nginx(port) {
  const file = join(scratch, `nginx-${port}.conf`);
  const modules = join(scratch, 'modules');
  if (!existsSync(modules)) {
    mkdirSync(modules);
    cpSync(servers.nchan.needs, join(modules, 'ngx_nchan_module.so'));
  }
  writeFileSync(file, readFileSync('bench/peers/nchan/nginx.conf', 'utf8').replaceAll('PORT', port).replaceAll('FOLDER', scratch));
  return file;
}
