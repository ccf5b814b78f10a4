// Attacks on lines, laboratory, judge, helpdesk and game: above every limit of docs/guides/showcase.md at once.
import { call, hold } from './http.mjs';

const pages = ['best-bid-and-ask', 'balanced-brackets', 'no-such-problem'];
const sources = [
  'const solve = () => { for (;;) {} };',
  'const solve = () => { const all = []; for (;;) all.push("x".repeat(1e6)); };',
  'const solve = () => { const f = () => f(); return f(); };',
  'const solve = () => /(a+)+$/.test("a".repeat(40) + "b");',
  'const solve = () => { for (;;) console.log("x".repeat(1e5)); };',
  `const solve = () => "${'x'.repeat(40_000)}";`,
  'const solve = (',
];

const rooms = ['andromeda', 'cassiopeia', 'cygnus', 'draco', 'hydra', 'lyra', 'orion', 'pegasus', 'perseus', 'phoenix', 'vela', 'virgo', 'nowhere'];
const longText = '\u20ac'.repeat(2000);

export function applicationAttacks(port, { many, key, count, sleep, forever, withKey }) {
  const http = async (...parameters) => {
    const { status, json } = await call(port, ...parameters);
    count([status === 0 || status >= 400 ? { error: status } : {}]);
    return json;
  };

  // Lines that are opened, filled with connections, cut and left; of few keys and of one key each.
  async function lines(isOneKey) {
    const own = key();
    for (;;) {
      const line = await http('POST', '/lines', JSON.stringify({ key: isOneKey ? own : key(), bytesPerSecond: 500, delayMs: 5000 }));
      if (!line?.port) {
        await sleep(200);
        continue;
      }
      const held = many(40, () => hold(line.port, '/figures', 2000));
      await http('PUT', `/lines/${line.id}`, JSON.stringify({ state: 'cut' }));
      await http('PUT', `/lines/${line.id}`, JSON.stringify({ bytesPerSecond: 1 }));
      await http('PUT', `/lines/${line.id}`, JSON.stringify({ state: 'silent' }));
      await http('GET', `/lines/${line.id}/wire`);
      await Promise.all(held);
      if (!isOneKey) await http('DELETE', `/lines/${line.id}`);
    }
  }

  // Runs of the laboratory with the most that a run takes, each way above its limit, and messages that are too long.
  const lab = () => forever(withKey, async (client) => {
    const replies = await client.callAll([
      ['rpc', { method: 'lab.start', data: { perSecond: 1e9, payloadBytes: 1e9 } }],
      ['rpc', { method: 'lab.start', data: { perSecond: 20, payloadBytes: 500, seconds: 600 } }],
    ]);
    const run = replies[1]?.rpc?.data.run;
    if (run) {
      const held = many(50, (i) => hold(port, `/lab/${run}/${['stream?after=0', 'wait?after=1000000&wait=25', 'socket'][i % 3]}`, 3000, i % 3 === 2));
      for (let i = 0; i < 20; i++) {
        await http('GET', `/lab/${run}/events?after=0&close=${i % 2 === 0}`);
        await http('POST', `/lab/${run}/messages`, 'x'.repeat(i % 2 ? 20_000 : 16_000), 'text/plain');
      }
      await Promise.all(held);
    }
    client.end();
    return replies;
  });

  // Programs that end by each limit, programs that are too long, trials that are cancelled at once, and readers of the runs.
  const judge = (isCancelled) => forever(withKey, async (client) => {
    const submit = (i) => ['rpc', { method: i % 2 ? 'judge.run' : 'judge.submit', data: { clientId: key().slice(0, 32), problem: pages[i % pages.length], code: sources[i % sources.length] } }];
    const replies = await client.callAll([...many(10, submit), ['subscribe', { channel: 'queue:all' }], ['subscribe', { channel: 'feed:all' }]]);
    const runs = replies.map((reply) => reply?.rpc?.data?.run).filter(Boolean);
    if (isCancelled) replies.push(...await client.callAll(runs.map((run) => ['rpc', { method: 'judge.cancel', data: { run } }])));
    const held = runs.flatMap((run) => many(20, (i) => hold(port, `/judge/api/runs/${run}${i % 2 ? '/events' : '?after=1000&wait=25'}`, 3000)));
    for (const run of [...runs, '0'.repeat(32)]) for (let i = 0; i < 10; i++) await http('GET', `/judge/api/runs/${run}?after=0`);
    await Promise.all(held);
    client.end();
    return replies;
  });

  // Questions of the maximum length, and messages in them, of visitors who each have as many cases as they may.
  const cases = [];
  const asking = () => forever(withKey, async (client) => {
    const write = (method, data) => ['rpc', { method, data: { text: longText, clientId: key().slice(0, 32), ...data } }];
    const replies = await client.callAll(many(5, () => write('case.open', { page: `/${'x'.repeat(199)}`, context: 'x'.repeat(200) })));
    const own = replies.map((reply) => reply?.rpc?.data?.case.case).filter(Boolean);
    cases.splice(0, Math.max(0, cases.push(...own) - 100));
    for (const id of own) {
      replies.push(...await client.callAll([
        ['subscribe', { channel: `case:${id}` }],
        ['subscribe', { channel: `notes:${id}` }],
        ...many(8, () => write('case.send', { case: id })),
        ['rpc', { method: 'case.close', data: { case: id } }],
        ['rpc', { method: 'case.rate', data: { case: id, rating: 1 } }],
        write('case.send', { case: id }),
      ]));
    }
    client.end();
    return replies;
  });

  // Agents who sit down, claim the latest cases (as many as one message holds), write notes, hand the cases over, and leave.
  const serving = () => forever(withKey, async (client) => {
    const call = (method, data) => ['rpc', { method, data }];
    const known = cases.slice(-8);
    return client.callAll([
      call('desk.sit', {}),
      ...['agents:all', 'inbox:all', 'claims:all'].map((channel, i) => ['subscribe', { channel, type: i === 0 ? 0 : 1 }]),
      ...known.flatMap((id) => [
        ['subscribe', { channel: `case:${id}` }],
        ['subscribe', { channel: `notes:${id}` }],
        call('case.claim', { case: id }),
        call('case.note', { case: id, text: longText, clientId: key().slice(0, 32) }),
        call('case.hand', { case: id }),
      ]),
      call('desk.rise', {}),
    ]);
  });

  // Pilots who watch and join every room, send hundreds of inputs at once with numbers of all sizes, also for ships that they do
  // not fly, and disconnect by a malformed message, so that each leaves a ship without a pilot.
  const flying = () => forever(withKey, async (client) => {
    const replies = await client.callAll(rooms.flatMap((room) => [
      ...['snap', 'arena', 'pilots'].map((name) => ['subscribe', { channel: `${name}:${room}`, type: name === 'pilots' ? 1 : 0 }]),
      ['rpc', { method: 'game.join', data: { room } }],
    ]));
    for (let i = 0; i < 10; i++) {
      client.sendAll(many(60, (n) => ({ g: [rooms[n % rooms.length], Math.min(2 ** (n / 2), 2 ** 30) | 0, 15, 15, 15, 15] })));
      replies.push(await client.rpc('game.join', {}));
    }
    client.sendAll([{ g: [rooms[0], 0, 255] }]);
    await client.ended;
    return replies;
  });

  const probes = async (path, isSocket) => {
    for (;;) {
      await hold(port, path, 5000, isSocket);
      await sleep(50);
    }
  };

  return [
    ...many(3, () => lines(false)),
    ...many(2, () => lines(true)),
    ...many(4, lab),
    ...many(4, (i) => judge(i % 2 === 0)),
    ...many(3, asking),
    ...many(3, serving),
    ...many(4, flying),
    ...many(20, () => probes('/lab/clock', false)),
    ...many(20, (i) => probes(i % 2 ? '/lab/echo' : '/lab/echo/deflate', true)),
  ];
}
