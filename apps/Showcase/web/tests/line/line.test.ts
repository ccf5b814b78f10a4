import { beforeEach, describe, expect, test } from 'vitest';
import { Line } from '../../src/line/line';
import { hasLines, type LineApi, type LineCounts, LineRefusal } from '../../src/line/lineApi';
import { carriedWords } from '../../src/line/lineControl';
import { direct, type LineSettings, type Profile, profileAtStart, profiles } from '../../src/line/profiles';

const address = 'ws://localhost:8080/connection/websocket';
const counts: LineCounts = {
  opened: 1,
  open: 1,
  refused: 0,
  up: { sent: 900, delivered: 900, held: 0 },
  down: { sent: 2_060_000, delivered: 2_000_000, held: 50_000 },
};

function profile(id: string): Profile {
  const found = profiles.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`There is no profile ${id}.`);
  return found;
}

/** A server that records the requests and answers with what the test sets. */
class FakeServer implements LineApi {
  readonly requests: string[] = [];
  readonly lines = new Map<string, LineSettings>();
  isAway = false;
  refusal = '';
  #last = 0;

  async open(settings: LineSettings) {
    this.#answer('open');
    const id = String(++this.#last);
    this.lines.set(id, settings);
    return { id, port: 40_000 + this.#last };
  }

  async change(id: string, settings: LineSettings) {
    this.#answer(`change ${id}`);
    if (!this.lines.has(id)) return undefined;
    this.lines.set(id, settings);
    return counts;
  }

  async counts(id: string) {
    this.#answer(`counts ${id}`);
    return this.lines.has(id) ? counts : undefined;
  }

  close(id: string): void {
    this.requests.push(`close ${id}`);
    this.lines.delete(id);
  }

  #answer(request: string): void {
    this.requests.push(request);
    if (this.isAway) throw new TypeError('Failed to fetch');
    if (this.refusal !== '') throw new LineRefusal(this.refusal);
  }
}

describe('line', () => {
  let server: FakeServer;
  let line: Line;
  let cuts: number;

  beforeEach(() => {
    server = new FakeServer();
    cuts = 0;
    line = new Line(server, { cut: () => cuts++, retry: () => undefined, changed: () => undefined });
  });

  test('without a choice the connection is direct', () => {
    expect(line.route(address)).toBe(address);
    line.leave();
    expect(server.requests).toEqual([]);
  });

  test('the first choice opens a line and moves the connection to its port', async () => {
    await line.choose(profile('3g'));
    expect(server.lines.get('1')).toEqual({ bytesPerSecond: 200_000, delayMs: 50, jitterMs: 15 });
    expect(String(line.route(address))).toBe('ws://localhost:40001/connection/websocket');
    expect(cuts).toBe(1);
  });

  test('a further choice changes the line under the open connection', async () => {
    await line.choose(profile('3g'));
    await line.choose(profile('modem'));
    expect(server.lines.get('1')).toEqual(profile('modem').settings);
    expect(server.requests).toEqual(['open', 'change 1']);
    expect(cuts).toBe(1);
  });

  test('the direct connection closes the line', async () => {
    await line.choose(profile('3g'));
    await line.choose(direct);
    expect(server.lines.size).toBe(0);
    expect(line.route(address)).toBe(address);
    expect(cuts).toBe(2);
  });

  test('of choices in quick succession the last one is applied', async () => {
    const choices = ['4g', '3g', 'modem', 'silent', 'cut'].map((id) => line.choose(profile(id)));
    await Promise.all(choices);
    expect(server.lines.get('1')).toEqual({ state: 'cut' });
    expect(server.requests).toEqual(['open', 'change 1']);
    await Promise.all([line.choose(profile('4g')), line.choose(direct)]);
    expect(server.lines.size).toBe(0);
    expect(line.profile).toBe(direct);
  });

  test('a line that a restarted server does not have is opened again', async () => {
    await line.choose(profile('3g'));
    server.lines.clear();
    await line.verify();
    expect(server.lines.get('2')).toEqual(profile('3g').settings);
    expect(String(line.route(address))).toContain(':40002/');
    await line.verify();
    expect(server.lines.size).toBe(1);
  });

  test('a refusal is displayed and the connection is direct', async () => {
    server.refusal = 'You have 4 lines, which is the maximum.';
    await line.choose(profile('3g'));
    expect(line.problem).toBe(server.refusal);
    expect(line.profile).toBe(direct);
    expect(line.route(address)).toBe(address);
  });

  test('a choice without an answer is applied by the next attempt to connect', async () => {
    await line.choose(profile('3g'));
    server.isAway = true;
    await line.choose(profile('modem'));
    expect(line.problem).not.toBe('');
    expect(line.profile).toBe(profile('modem'));
    server.isAway = false;
    await line.verify();
    expect(server.lines.get('1')).toEqual(profile('modem').settings);
    expect(line.problem).toBe('');
  });

  test('leaving the page closes the line', async () => {
    await line.choose(profile('cut'));
    line.leave();
    expect(server.lines.size).toBe(0);
  });
});

describe('lines', () => {
  test.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['[::1]', false],
    ['showcase.lan', false],
    ['localhost.example', false],
  ])('at %s there are lines: %s', (host, isOffered) => expect(hasLines(host)).toBe(isOffered));

  test.each([
    ['3g', '3g'],
    ['modem', 'modem'],
    ['cut', 'direct'],
    ['silent', 'direct'],
    ['direct', 'direct'],
    ['5g', 'direct'],
    [undefined, 'direct'],
  ])('a reload with %s starts with %s', (stored, started) => expect(profileAtStart(stored).id).toBe(started));

  test('the counts are described with the bytes under way', () =>
    expect(carriedWords(counts)).toBe('↓ 2,000 kB · ↑ 900 B · under way 50 kB'));
});
