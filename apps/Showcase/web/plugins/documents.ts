import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { compress } from './compressed.ts';
import { addressOf, render } from './markdown.ts';

const repository = join(import.meta.dirname, '../../../..');
const folders = ['', 'docs', 'bench', 'bench/results'];

/** The paths of the documents in the repository. */
function documents(): string[] {
  const all = folders.flatMap((folder) => readdirSync(join(repository, folder), { recursive: folder === 'docs', encoding: 'utf8' })
    .map((file) => folder === '' ? file : `${folder}/${file}`));
  return all.filter((file) => file.endsWith('.md'));
}

/** Makes a page of each document, so that the documentation is at hand wherever the showcase runs. */
export const documentation: Plugin = {
  name: 'documentation',
  apply: 'build',
  writeBundle({ dir = '' }) {
    const paths = documents();
    const template = readFileSync(join(dir, 'docs/index.html'), 'utf8');
    for (const path of paths) {
      const { title, html } = render(readFileSync(join(repository, path), 'utf8'), path, new Set(paths));
      const file = join(dir, addressOf(path), 'index.html');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, documentOf(template, title, html));
      compress(file);
    }
    cpSync(join(repository, 'docs/images'), join(dir, 'images'), { recursive: true });
  },
};

// A function as replacement: a document may contain what replace would take for a pattern.
function documentOf(template: string, title: string, html: string): string {
  return template
    .replace(/<title>[^<]*/, () => `<title>${title} · Duplex`)
    .replace(/<main>[^]*<\/main>/, () => `<main class="document">${html}</main>`);
}
