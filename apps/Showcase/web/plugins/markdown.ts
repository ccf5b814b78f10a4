import { posix } from 'node:path';
import { Marked } from 'marked';

/** Returns the address of a document of the repository: `/docs/limits` for docs/limits.md, `/docs` for README.md. */
export function addressOf(path: string): string {
  if (path === 'README.md') return '/docs';
  return `/docs/${path.replace(/^docs\//, '').replace(/\.md$/, '')}`;
}

/** Returns the title and the HTML of a document. Links to documents lead to their pages; others are plain text. */
export function render(text: string, path: string, documents: ReadonlySet<string>): { title: string; html: string } {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text: words }) {
        return `<h${depth} id="${slugOf(words)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        const target = targetOf(href, path, documents);
        return target === undefined ? words : `<a href="${escape(target)}">${words}</a>`;
      },
      image({ href, text: alternative }) {
        return `<img src="/images/${escape(posix.basename(href))}" alt="${escape(alternative)}" loading="lazy" />`;
      },
      // Tables are wider than a phone, and scroll by themselves.
      table(token) {
        const row = (cells: typeof token.header, tag: 'th' | 'td') => `<tr>${cells.map(({ tokens, align }) =>
          `<${tag}${align ? ` align="${align}"` : ''}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        const body = token.rows.map((cells) => row(cells, 'td')).join('\n');
        return `<div class="scroll" role="group" tabindex="0" aria-label="Table"><table><thead>${row(token.header, 'th')}</thead>`
          + `<tbody>${body}</tbody></table></div>\n`;
      },
      code({ text: source }) {
        return `<pre tabindex="0"><code>${escape(source)}</code></pre>\n`;
      },
    },
  });
  const [, title = path] = /^# (.*)$/m.exec(text) ?? [];
  return { title: title.replaceAll('`', ''), html: marked.parse(text, { async: false }) };
}

function targetOf(href: string, path: string, documents: ReadonlySet<string>): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  const [file = '', fragment] = href.split('#');
  const target = posix.join(posix.dirname(path), file);
  const document = [target, `${target}/README.md`, posix.join(target, 'README.md')].find((candidate) => documents.has(candidate));
  return document && `${addressOf(document)}${fragment === undefined ? '' : `#${fragment}`}`;
}

// As GitHub makes the ids of headings.
function slugOf(words: string): string {
  return words.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
