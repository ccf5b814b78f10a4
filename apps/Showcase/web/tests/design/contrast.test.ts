import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../src/design/tokens.css'), 'utf8');

type Colour = [number, number, number];
type Tokens = Record<string, Colour>;

/** The colours of the rule with exactly this selector. */
function coloursOf(selector: string): Tokens {
  const rule = css.split('}').find((text) => text.replace(/\/\*.*?\*\//gs, '').trim().startsWith(`${selector} {`)) ?? '';
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [
      name,
      [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Colour,
    ]),
  );
}

const dark = coloursOf(':root');
const light = { ...dark, ...coloursOf(':root[data-theme="light"]') };
const themes: [string, Tokens][] = [
  ['dark', dark],
  ['light', light],
  ['dark, blue and orange', { ...dark, ...coloursOf(':root[data-pair="blue-orange"]') }],
  ['light, blue and orange', { ...light, ...coloursOf(':root[data-theme="light"][data-pair="blue-orange"]') }],
];

/** WCAG 2.2, relative luminance. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Colour, other: Colour): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (bright + 0.05) / (dim + 0.05);
}

const mix = (over: Colour, under: Colour, share: number) =>
  over.map((value, index) => value * share + (under[index] ?? 0) * (1 - share)) as Colour;

const words = ['text', 'muted', 'accent', 'up', 'down', 'warn'];
const grounds = ['canvas', 'surface', 'raised', 'hover'];

describe.each(themes)('The colours of the theme %s', (_, tokens) => {
  const of = (name: string): Colour => {
    const colour = tokens[name];
    if (!colour) throw new Error(`There is no token ${name}.`);
    return colour;
  };

  it.each(words.flatMap((word) => grounds.map((ground) => [word, ground] as const)))(
    'have a contrast of 4.5 for %s on %s',
    (word, ground) => expect(contrast(of(word), of(ground))).toBeGreaterThanOrEqual(4.5),
  );

  it.each([
    ['on-accent', 'accent'],
    ['on-direction', 'up'],
    ['on-direction', 'down'],
    ['average-1', 'surface'],
    ['average-2', 'surface'],
    ['average-3', 'surface'],
    ...['keyword', 'string', 'number', 'type'].flatMap((kind) =>
      ['canvas', 'surface'].map((ground) => [`code-${kind}`, ground]),
    ),
  ])('have a contrast of 4.5 for %s on %s', (word, ground) =>
    expect(contrast(of(word), of(ground))).toBeGreaterThanOrEqual(4.5),
  );

  it.each(['up', 'down'])('have a contrast of 4.5 for %s on its own bars in the book', (direction) => {
    const bar = mix(of(direction), of('surface'), 0.14);
    expect(contrast(of(direction), bar)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('text'), bar)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['up', 'down'])('have a contrast of 4.5 for %s on its part of the bar of both sides', (direction) =>
    expect(contrast(of(direction), mix(of(direction), of('surface'), 0.18))).toBeGreaterThanOrEqual(4.5),
  );

  it('have a contrast of 3 for the focus ring on every ground', () => {
    for (const ground of grounds) expect(contrast(of('accent'), of(ground))).toBeGreaterThanOrEqual(3);
  });
});
