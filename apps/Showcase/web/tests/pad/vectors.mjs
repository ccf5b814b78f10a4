// Writes pairs of changes of one text, one per line as JSON, with what CodeMirror makes of them. The server's tests
// compare its own results with these. Usage: node vectors.mjs [pairs] [seed]
import { stdout, argv } from 'node:process';
import { ChangeSet, Text } from '@codemirror/state';

const pairs = Number(argv[2] ?? 10_000);
let state = Number(argv[3] ?? 1) >>> 0;
const pieces = ['a', 'bc', 'ö', '\n', '😀', '👩‍👩‍👧', ' ', 'long word'];

// A linear congruential generator, so that a seed names the same pairs everywhere.
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor(state / 0x1_0000_0000 * below);
}

function randomText(most) {
  return Array.from({ length: random(most + 1) }, () => pieces[random(pieces.length)]).join('');
}

function isWhole(text, at) {
  return !(at > 0 && at < text.length && /[\ud800-\udbff]/.test(text[at - 1]) && /[\udc00-\udfff]/.test(text[at]));
}

function position(text) {
  const at = random(text.length + 1);
  return isWhole(text, at) ? at : at + 1;
}

function randomChange(text) {
  const specs = Array.from({ length: 1 + random(4) }, () => {
    const [from, to] = [position(text), position(text)].sort((a, b) => a - b);
    return { from, to: random(2) ? to : from, insert: random(3) ? randomText(3) : '' };
  });
  return ChangeSet.of(specs, text.length);
}

const lines = [];
for (let i = 0; i < pairs; i++) {
  const text = randomText(10);
  const [a, b] = [randomChange(text), randomChange(text)];
  const next = randomChange(a.apply(Text.of(text.split('\n'))).toString());
  lines.push(JSON.stringify({
    text,
    a,
    b,
    next,
    applied: a.apply(Text.of(text.split('\n'))).toString(),
    after: a.map(b),
    before: a.map(b, true),
    composed: a.compose(next),
  }));
}
stdout.write(`${lines.join('\n')}\n`);
