// Lists the workloads: LoadTool's arguments, and the figure that the table shows.
const raw = ['uring', 'epoll', 'kestrel', 'snw', 'ws', 'libwebsockets', 'python'];
const fanned = [...raw.filter((name) => name !== 'libwebsockets'), 'nchan'];
const ours = ['hub-uring', 'hub-epoll', 'hub-kestrel'];
const hubs = [...ours, 'signalr', 'socketio'];
const loops = ['uring-1-loop', 'uring-2-loops', 'epoll-2-loops'];
const protocolOf = (server) => (ours.includes(server) ? 'centrifuge' : server);

const rate = { figure: 'messages_per_second' };
const delay = { figure: 'p99_us' };
// The code of a hub, in Duplex and its peers, needs longer to pass the compiler's tiers than that of an echo.
const hub = { warmUpSeconds: '20' };
const fanOut = (server, ...more) => ['hub', '--protocol', protocolOf(server), '--connections', '500', '--payload', '128', ...more];
// Memory is counted from a server's first connection on.
const memory = { figure: 'kib_per_connection', isFresh: true };
const slow = ['--connections', '500', '--payload', '2048', '--rate', '50'];
const shared = 'Server and generator share both cores; the last column has the share of the generator.';

// load returns LoadTool's arguments for a server, given the baseline's median echo rate if it was measured.
// options are passed to the server.
// beyond names the workload, and the server for each Duplex server, whose figure is a part of this one.
export const workloads = {
  echo: { ...rate, title: 'echo, 100 x 32 B', servers: raw, load: () => ['echo'] },
  'echo-16': { ...rate, title: 'echo, 100 x 32 B, 16 in flight', servers: raw, load: () => ['echo', '--depth', '16'] },
  'echo-64k': { ...rate, title: 'echo, 20 x 64 KiB', servers: raw, load: () => ['echo', '--connections', '20', '--payload', '65536'] },
  'echo-1m': {
    ...rate,
    title: 'echo, 4 x 1 MiB',
    note: 'Loopback drops data that a full receive buffer cannot hold, so a peer that reads late waits for retransmissions.',
    servers: raw,
    load: () => ['echo', '--connections', '4', '--payload', '1048576'],
  },
  deflate: { ...rate, title: 'echo of compressed messages, 100 x 1 KiB', servers: raw.slice(0, 4), load: () => ['deflate', '--payload', '1024'] },
  fan: { ...rate, title: 'fan-out, 1 to 500, 128 B', servers: fanned, load: () => ['fan', '--connections', '500', '--payload', '128'] },
  'fan-16': {
    ...rate,
    title: 'fan-out, 1 to 500, 128 B, 16 in flight',
    servers: fanned,
    load: () => ['fan', '--connections', '500', '--payload', '128', '--depth', '16'],
  },
  storm: { ...rate, title: 'connect storm, new connections', servers: raw, load: () => ['storm', '--connections', '4'] },
  idle: { ...memory, title: 'memory per idle connection, 10,000 of them', servers: raw, load: () => ['idle', '--connections', '10000'] },
  latency: {
    ...delay,
    title: "echo p99 at half of the baseline's top rate",
    servers: raw,
    load: (server, baseline) => ['latency', '--rate', String(Math.round((baseline ?? 60000) / 2))],
  },
  'loops-deflate': {
    ...rate,
    title: 'two loops against one: echo of compressed messages, 100 x 1 KiB',
    note: shared,
    servers: loops,
    load: () => ['deflate', '--payload', '1024'],
  },
  'loops-echo': { ...rate, title: 'two loops against one: echo, 100 x 32 B', note: shared, servers: loops, load: () => ['echo'] },
  hub: { ...rate, ...hub, title: 'hub fan-out, 1 to 500, 128 B', servers: hubs, load: (server) => fanOut(server) },
  'hub-16': { ...rate, ...hub, title: 'hub fan-out, 1 to 500, 128 B, 16 in flight', servers: hubs, load: (server) => fanOut(server, '--depth', '16') },
  conflated: {
    ...rate,
    ...hub,
    title: 'hub fan-out of a conflating channel, 1 to 500, 128 B, 16 keys in flight',
    note: 'The hub measures what is in transit to each client by pings.',
    servers: ours,
    options: ['--conflate', 'yes'],
    load: () => ['conflated', '--connections', '500', '--payload', '128', '--depth', '16'],
  },
  'hub-p99': { ...delay, ...hub, title: 'hub fan-out, 1 to 500, 2 KiB, 50 a second: p99 of deliveries', servers: hubs, load: (server) => ['hub-latency', '--protocol', protocolOf(server), ...slow] },
  'hub-p99-slow': {
    ...delay,
    ...hub,
    title: 'the same with one subscriber that rarely reads: p99 of the other 499',
    servers: hubs,
    load: (server) => ['hub-latency', '--protocol', protocolOf(server), ...slow, '--slow', '1'],
  },
  'channels-1': { ...rate, ...hub, title: 'hub, 1 channel with 10,000 subscribers', servers: ours, load: () => ['channels', '--connections', '10000', '--payload', '128'] },
  'channels-10k': {
    ...rate,
    ...hub,
    title: 'hub, 10,000 channels with 1 subscriber each',
    servers: ours,
    load: () => ['channels', '--connections', '10000', '--channels', '10000', '--payload', '128'],
  },
  publish: { ...rate, ...hub, title: 'hub, publications in process, 1 channel with history and no subscriber', servers: ours, load: () => ['publish', '--payload', '128'] },
  'hub-idle': {
    ...memory,
    title: 'memory per idle client with one subscription, 10,000 of them',
    servers: hubs,
    beyond: { workload: 'idle', servers: { 'hub-uring': 'uring', 'hub-epoll': 'epoll', 'hub-kestrel': 'kestrel' } },
    load: (server) => ['idle', '--protocol', protocolOf(server), '--connections', '10000'],
  },
};
