import { expect, test } from 'vitest';
import { addressOf, render } from '../../plugins/markdown';

const documents = new Set(['README.md', 'docs/limits.md', 'docs/guides/client.md', 'bench/README.md']);
const html = (text: string, path = 'docs/guides/client.md') => render(text, path, documents).html.trim();

test.each([
  ['README.md', '/docs'],
  ['docs/limits.md', '/docs/limits'],
  ['docs/guides/client.md', '/docs/guides/client'],
  ['bench/README.md', '/docs/bench/README'],
])('The address of %s', (path, address) => {
  expect(addressOf(path)).toBe(address);
});

test.each([
  ['a document beside', '[x](client.md#end)', '<a href="/docs/guides/client#end">x</a>'],
  ['a document above', '[x](../limits.md)', '<a href="/docs/limits">x</a>'],
  ['a document of another folder', '[x](../../bench/README.md)', '<a href="/docs/bench/README">x</a>'],
  ['a heading', '[x](#a-b)', '<a href="#a-b">x</a>'],
  ['another site', '[x](https://example.org/)', '<a href="https://example.org/">x</a>'],
  ['code', '[`x`](../../src/x.cs)', '<code>x</code>'],
  ['a scheme that runs code', '[x](javascript:alert(1))', 'x'],
])('A link to %s', (_, text, expected) => {
  expect(html(text)).toBe(`<p>${expected}</p>`);
});

test('Headings have the ids that links use', () => {
  expect(html('## Pace of a `channel`, in 2 steps')).toBe('<h2 id="pace-of-a-channel-in-2-steps">Pace of a <code>channel</code>, in 2 steps</h2>');
});

test('Tables scroll by themselves, and code is escaped', () => {
  expect(html('| a |\n| --: |\n| 1 |')).toContain('<div class="scroll" role="group" tabindex="0" aria-label="Table"><table>');
  expect(html('| a |\n| --: |\n| 1 |')).toContain('<td align="right">1</td>');
  expect(html('```\na < b && "c"\n```')).toBe('<pre tabindex="0"><code>a &lt; b &amp;&amp; &quot;c&quot;</code></pre>');
});

test('The title is the first heading', () => {
  expect(render('text\n\n# The `x`\n', 'docs/limits.md', documents).title).toBe('The x');
});
