import { describe, expect, test } from 'vitest';
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

  test('keeps the last frames and goes on counting', () => {
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
  ] as const)('%s %s reads as %s', (direction, text, says) =>
    expect(describeFrame(frame(direction, text))).toBe(says),
  );
});

describe('server clock', () => {
  test('half of the round trip is taken as the way there', () => {
    const clock = new ServerClock();
    clock.add(1000, 1020, 6010);
    expect(clock.offset).toBe(5000);
    expect(clock.delayOf(6500, 1503)).toBe(3);
  });

  test('the sample with the shortest round trip is believed', () => {
    const clock = new ServerClock();
    clock.add(1000, 1002, 1001);
    clock.add(2000, 2200, 2500);
    expect(clock.offset).toBe(0);
  });

  test('a stamp from the future is no delay', () => {
    const clock = new ServerClock();
    expect(clock.delayOf(2000, 1000)).toBe(0);
  });
});
