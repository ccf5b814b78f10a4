import { describe, expect, test } from 'vitest';
import { Lateness } from '../src/connection/lateness';
import { ServerClock } from '../src/connection/serverClock';
import { describeFrame, type Frame, WireLog } from '../src/connection/wireLog';

const frame = (direction: 'in' | 'out', text: string): Frame => ({
  number: 1,
  direction,
  at: 0,
  bytes: text.length,
  text,
});

describe('wire log', () => {
  test('counts bytes of UTF-8, not characters', () => {
    const log = new WireLog();
    log.add('out', 'abc');
    log.add('out', '€');
    expect(log.totals.out).toEqual({ frames: 2, bytes: 6 });
  });

  test('retains the last frames and keeps counting', () => {
    const log = new WireLog();
    for (let index = 0; index < 500; index++) log.add('in', String(index));
    expect(log.totals.in.frames).toBe(500);
    expect(log.latest(1000).length).toBe(200);
    expect(log.latest(1)[0]?.text).toBe('499');
  });

  test.each([
    ['in', '{}', 'ping'],
    ['out', '{}', 'pong'],
    ['in', '{"push":{"channel":"trades:SOLUSDT","pub":{"data":1}}}', 'trades:SOLUSDT'],
    ['in', '{"push":{"channel":"chat:a","join":{"info":{}}}}', 'join chat:a'],
    ['out', '{"id":3,"rpc":{"method":"order.place","data":{}}}', 'rpc order.place #3'],
    ['in', '{"id":3,"rpc":{"data":{}}}', 'rpc reply #3'],
    ['in', '{"id":4,"error":{"code":423,"message":"balance too small"}}', 'error 423: balance too small #4'],
    ['out', '{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"a"}}', 'connect #1 · subscribe a #2'],
    ['in', 'not json', 'not json'],
  ] as const)('%s %s is described as %s', (direction, text, description) =>
    expect(describeFrame(frame(direction, text))).toBe(description),
  );
});

describe('server clock', () => {
  test('half of the round trip is taken as the one-way delay', () => {
    const clock = new ServerClock();
    clock.add(1000, 1020, 6010);
    expect(clock.offset).toBe(5000.5);
    expect(clock.delayOf(6500, 1503)).toBe(3.5);
  });

  test('the sample with the shortest round trip decides', () => {
    const clock = new ServerClock();
    clock.add(1000, 1002, 1001);
    clock.add(2000, 2200, 2190);
    expect(clock.offset).toBeCloseTo(0.5, 0);
  });

  test('any number of slow replies does not degrade the estimate of a fast one', () => {
    const clock = new ServerClock();
    clock.add(1000, 1002, 6001);
    for (let at = 2000; at < 60_000; at += 5000) clock.add(at, at + 17_000, at + 5000 + 16_990);
    expect(Math.abs(clock.offset - 5000)).toBeLessThan(10);
  });

  test('a connection that is slow in one direction is bounded by both directions', () => {
    const clock = new ServerClock();
    clock.add(1000, 4000, 6005);
    clock.add(5000, 5040, 10_020);
    expect(Math.abs(clock.offset - 5000)).toBeLessThan(25);
  });

  test('an adjusted clock is estimated again', () => {
    const clock = new ServerClock();
    clock.add(1000, 1002, 1001);
    clock.add(2000, 2002, 3_602_001);
    expect(clock.offset).toBe(3_600_000.5);
  });

  test('a time stamp in the future is no delay', () => {
    const clock = new ServerClock();
    expect(clock.delayOf(2000, 1000)).toBe(0);
  });
});

describe('lateness', () => {
  const late = (lateness: Lateness, at: number) => lateness.by(at) !== undefined;

  test('messages of two seconds and older are late', () => {
    const lateness = new Lateness();
    for (let at = 0; at <= 500; at += 100) lateness.arrived(2100, at);
    expect(lateness.by(500)).toBe(2100);
  });

  test('below two seconds nothing is reported', () => {
    const lateness = new Lateness();
    for (let at = 0; at <= 5000; at += 100) lateness.arrived(1900, at);
    expect(late(lateness, 5000)).toBe(false);
  });

  test('a pause of the page is not lateness', () => {
    const lateness = new Lateness();
    lateness.arrived(3000, 0);
    lateness.arrived(2900, 1);
    lateness.arrived(10, 2);
    expect(late(lateness, 1000)).toBe(false);
  });

  test('one timely message ends it, a nearly timely one does not', () => {
    const lateness = new Lateness();
    lateness.arrived(5000, 0);
    lateness.arrived(1500, 600);
    expect(late(lateness, 600)).toBe(true);
    lateness.arrived(900, 700);
    expect(late(lateness, 700)).toBe(false);
  });

  test('a call without a reply is late after two seconds, and its reply ends it', () => {
    const lateness = new Lateness();
    lateness.called(0);
    expect(late(lateness, 1999)).toBe(false);
    expect(lateness.by(3000)).toBe(3000);
    lateness.replied(3000);
    lateness.called(4000);
    lateness.replied(4020);
    expect(late(lateness, 5000)).toBe(false);
  });

  test('a new connection starts timely', () => {
    const lateness = new Lateness();
    lateness.arrived(9000, 0);
    lateness.restart();
    expect(late(lateness, 1000)).toBe(false);
  });
});
