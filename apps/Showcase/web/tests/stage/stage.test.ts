import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deckProblem, firstDeck, mostSlides, slidesOf } from '../../src/stage/model/deck';
import { pictureWords } from '../../src/stage/model/pictureWords';
import { ordered, type Question } from '../../src/stage/model/questions';

test('Lines of dashes separate slides', () => {
  expect(slidesOf('# One\n\n---\n\ntwo -- --- words\n----\nthree')).toEqual(['# One', 'two -- --- words', 'three']);
  expect(slidesOf('')).toEqual(['']);
  expect(slidesOf('a\n---\n'.repeat(100)).length).toBe(mostSlides);
  expect(slidesOf(firstDeck).length).toBe(4);
});

test('Slides that the server would refuse have a problem', () => {
  expect(deckProblem(slidesOf(firstDeck))).toBe('');
  expect(deckProblem(['a', 'x'.repeat(4097)])).toBe('Slide 2 is too long: a slide has at most 4096 characters.');
  expect(deckProblem(new Array<string>(12).fill('x'.repeat(4090)))).toContain('The slides are too long');
  expect(deckProblem(new Array<string>(5).fill('長'.repeat(4000)))).toContain('The slides are too long');
});

test('The question being answered is first, then those with the most votes, and answered ones are last', () => {
  const question = (status: Question['status'], votes: number, time: number): Question =>
    ({ user: 'u', name: 'n', text: 't', clientId: 'c', status, votes, time });
  const questions = new Map([
    ['answered', question('answered', 9, 1)],
    ['later', question('open', 2, 3)],
    ['earlier', question('open', 2, 2)],
    ['most', question('open', 5, 4)],
    ['now', question('answering', 0, 5)],
  ]);
  expect(ordered(questions).map(([id]) => id)).toEqual(['now', 'most', 'earlier', 'later', 'answered']);
});

// The worklet as the browser runs it, in a scope that has what an audio thread has.
function playWorklet() {
  let Play: (new () => Worklet) | undefined;
  const scope = { currentTime: 0 };
  const port: Port = { onmessage: undefined, postMessage: () => undefined };
  class AudioWorkletProcessor {
    port = port;
  }
  const source = readFileSync(new URL('../../src/stage/worklets/play.js', import.meta.url), 'utf8').replaceAll('currentTime', 'scope.currentTime');
  new Function('AudioWorkletProcessor', 'registerProcessor', 'sampleRate', 'scope', source)(
    AudioWorkletProcessor, (_: string, type: typeof Play) => (Play = type), 48_000, scope);
  const worklet = new (Play as new () => Worklet)();
  return {
    send: (data: unknown) => port.onmessage?.({ data }),
    render: () => {
      const output = new Float32Array(128);
      worklet.process([], [[output]]);
      scope.currentTime += 128 / 48_000;
      return output;
    },
    seconds: () => scope.currentTime,
  };
}

interface Port {
  onmessage: ((event: { data: unknown }) => void) | undefined;
  postMessage: () => void;
}

interface Worklet {
  process(inputs: unknown[], outputs: Float32Array[][]): boolean;
}

const packet = (at: number, value: number) => ({ at, samples: new Float32Array(960).fill(value) });

test('Sound is played at its time without a gap between packets', () => {
  const { send, render } = playWorklet();
  send({ anchor: { media: 1000, time: 0 } });
  for (let index = 0; index < 5; index++) send(packet(1020 + index * 20, index + 1));
  const samples = Array.from({ length: 45 }, render).flatMap((block) => [...block]);
  const start = samples.findIndex((sample) => sample !== 0);
  expect(start).toBeGreaterThanOrEqual(958);
  expect(start).toBeLessThanOrEqual(962);
  expect(samples.slice(start, start + 4800)).not.toContain(0);
  expect(samples.slice(start + 4800).every((sample) => sample === 0)).toBe(true);
});

test('Sound that is too old is dropped, and what is too early waits', () => {
  const { send, render } = playWorklet();
  send({ anchor: { media: 5000, time: 0 } });
  send(packet(1000, 9));
  send(packet(4990, 1));
  send(packet(9000, 2));
  const samples = Array.from({ length: 20 }, render).flatMap((block) => [...block]);
  expect(samples).toContain(1);
  expect(samples).not.toContain(9);
  expect(samples).not.toContain(2);
});

test('A picture that is missing has its reason: the line, the speaker, or that it is on its way', () => {
  expect(pictureWords(500, true, true)).toBe('');
  expect(pictureWords(5000, true, true)).toBe('Your line is too slow for the picture, which is 5 s old. The sound comes first.');
  expect(pictureWords(undefined, true, true)).toBe('Your line is too slow for the picture. The sound comes first.');
  expect(pictureWords(5000, true, false)).toBe('The speaker sends no picture. This one is 5 s old.');
  expect(pictureWords(undefined, true, false)).toBe('The speaker sends no picture.');
  expect(pictureWords(undefined, false, false)).toBe('The picture is on its way…');
  expect(pictureWords(5000, false, false)).toBe('');
});
