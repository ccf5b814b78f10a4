import { describe, expect, test } from 'vitest';
import { mentions, piecesOf } from '../../src/conversation/markup';

const link = (text: string, href = text) => ({ kind: 'link', text, href });
const text = (value: string) => ({ kind: 'text', text: value });

describe('links', () => {
  test.each([
    ['see https://example.org/a?b=1#c', [text('see '), link('https://example.org/a?b=1#c')]],
    ['https://example.org/.', [link('https://example.org/'), text('.')]],
    ['(https://example.org/a_(b))', [text('('), link('https://example.org/a_(b)'), text(')')]],
    ['HTTP://no', [text('HTTP://no')]],
    ['javascript:alert(1)', [text('javascript:alert(1)')]],
    ['http://', [text('http://')]],
    ['http://[', [text('http://[')]],
  ])('%s', (input, pieces) => {
    expect(piecesOf(input)).toEqual(pieces);
  });

  test('international names are shown as typed and linked in their ASCII form', () => {
    expect(piecesOf('https://münchen.example/')).toEqual([link('https://münchen.example/', 'https://xn--mnchen-3ya.example/')]);
  });
});

describe('code and strong text', () => {
  test.each([
    ['run `./run` now', [text('run '), { kind: 'code', text: './run' }, text(' now')]],
    ['`https://a.example`', [{ kind: 'code', text: 'https://a.example' }]],
    ['**so** it is', [{ kind: 'strong', text: 'so' }, text(' it is')]],
    ['2 ** 3 ** 4', [text('2 ** 3 ** 4')]],
    ['a ` b', [text('a ` b')]],
    ['```\nif (a)\n  b();\n```', [{ kind: 'block', text: 'if (a)\n  b();' }]],
    ['see\n```cs\nvar x = `1`;\n```\nthere', [text('see\n'), { kind: 'block', text: 'var x = `1`;' }, text('there')]],
    ['``````', [text('``````')]],
    ['<img src=x onerror=alert(1)>', [text('<img src=x onerror=alert(1)>')]],
  ])('%s', (input, pieces) => {
    expect(piecesOf(input)).toEqual(pieces);
  });
});

describe('mentions', () => {
  test('the longest known name is mentioned, in any case', () => {
    expect(piecesOf('@ada lovelace, hello', ['Ada', 'Ada Lovelace'], 'Ada')).toEqual([
      { kind: 'mention', text: '@ada lovelace', isMe: false },
      text(', hello'),
    ]);
  });

  test.each([
    ['hello @Ada', true],
    ['@ada: hello', true],
    ['@Adam', false],
    ['ada@ada.example', false],
    ['`@Ada`', false],
    ['Ada', false],
  ])('%s mentions Ada: %s', (input, isMentioned) => {
    expect(mentions(input, 'Ada')).toBe(isMentioned);
  });

  test('nobody is mentioned by an empty name', () => {
    expect(mentions('@', '')).toBe(false);
  });
});
