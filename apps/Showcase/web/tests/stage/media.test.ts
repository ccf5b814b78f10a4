import { expect, test } from 'vitest';
import { decodeMedia, encodeMedia, joinPackets, kinds, readSoundConfig, readVideoConfig, soundConfig, splitPackets, videoConfig } from '../../src/stage/model/mediaMessage';
import { webpOf } from '../../src/stage/model/webp';
import { paintStrip, readStrip, stripPeriod } from '../../src/stage/model/strip';

test('A message has the layout of the protocol and is read back', () => {
  const timestamp = 1_900_000_000_123_456;
  const message = { kind: kinds.deltaPicture, sequence: 0x01020304, timestamp, payload: Uint8Array.of(9, 8) };
  const bytes = encodeMedia(message);
  expect([...bytes.subarray(0, 5)]).toEqual([3, 1, 2, 3, 4]);
  expect(new DataView(bytes.buffer).getBigInt64(5)).toBe(BigInt(timestamp));
  expect(decodeMedia(bytes.buffer)).toEqual(message);
});

test('Bytes that are no message are none', () => {
  expect(decodeMedia(new ArrayBuffer(0))).toBeUndefined();
  expect(decodeMedia(new ArrayBuffer(13))).toBeUndefined();
  expect(decodeMedia(Uint8Array.of(6, ...new Array<number>(13).fill(0)).buffer)).toBeUndefined();
});

test('Configurations are read back', () => {
  expect(readVideoConfig(videoConfig(640, 360))).toEqual({ width: 640, height: 360 });
  expect(readSoundConfig(soundConfig(48_000, 1))).toEqual({ sampleRate: 48_000, channels: 1 });
});

test('Packets of sound are joined with their lengths, and a cut one ends the list', () => {
  const packets = [Uint8Array.of(1), Uint8Array.of(2, 3), Uint8Array.of(4)];
  const payload = joinPackets(packets);
  expect([...payload]).toEqual([0, 1, 1, 0, 2, 2, 3, 0, 1, 4]);
  expect(splitPackets(payload)).toEqual(packets);
  expect(splitPackets(payload.subarray(0, 6))).toEqual([Uint8Array.of(1)]);
  expect(splitPackets(Uint8Array.of(0, 0, 1))).toEqual([]);
});

test('The time in the picture is read back after its colours are a little off', () => {
  const squares = new Map<string, number>();
  const canvas = {
    fillStyle: '',
    fillRect(x: number, y: number, width: number) {
      squares.set(`${x + width / 2} ${y + width / 2}`, this.fillStyle === '#fff' ? 200 : 40);
    },
    getImageData: (x: number, y: number) => ({ data: [squares.get(`${x} ${y}`) ?? 0] }) as unknown as ImageData,
  };
  for (const time of [0, 1, 0xabcdef, stripPeriod - 1, 1_900_000_000_123.7]) {
    paintStrip(canvas, time);
    expect(readStrip(canvas)).toBe(Math.floor(time) % stripPeriod);
  }
});

test('A key picture in the container of WebP has the lengths of the picture, and an odd one is padded', async () => {
  const even = new Uint8Array(await webpOf(Uint8Array.of(1, 2)).arrayBuffer());
  expect(new TextDecoder('latin1').decode(even)).toBe('RIFF\u000e\0\0\0WEBPVP8 \u0002\0\0\0\u0001\u0002');
  const odd = new Uint8Array(await webpOf(Uint8Array.of(1, 2, 3)).arrayBuffer());
  expect([odd.length, odd[4], odd[16], odd.at(-1)]).toEqual([24, 16, 3, 0]);
});
