import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { pages, type Page } from './pages.ts';
import { code } from './plugins/code.ts';
import { measured } from './plugins/measured.ts';

const root = import.meta.dirname;
const fileOf = ({ folder }: Page) => join(root, folder, 'index.html');

function htmlOf(page: Page): string {
  const values: Record<string, string> = { code: page.folder, ...page };
  return readFileSync(join(root, 'page.html'), 'utf8').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

// Every page is the template page.html with the texts of its entry in the list.
const templates: Plugin = {
  name: 'pages',
  enforce: 'pre',
  resolveId: (id) => pages.some((page) => fileOf(page) === id) ? id : undefined,
  load(id) {
    const page = pages.find((candidate) => fileOf(candidate) === id);
    return page && htmlOf(page);
  },
  // The server maps every path below /chat to the chat's page; the development server does the same.
  configureServer(server) {
    server.middlewares.use(async (request, response, next) => {
      const [path = ''] = (request.url ?? '').split('?');
      const page = /\.\w+$/.test(path) ? undefined : pages.find(({ folder }) => path.split('/')[1] === folder);
      if (!page) return next();
      response.setHeader('Content-Type', 'text/html').end(await server.transformIndexHtml(path, htmlOf(page)));
    });
  },
};

const compressedFromBytes = 1024;

// Files are compressed once, when they are built, and not for each request.
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const file of Object.keys(bundle).map((name) => join(dir, name))) {
      const content = readFileSync(file);
      if (content.length < compressedFromBytes) continue;
      writeFileSync(`${file}.br`, brotliCompressSync(content));
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    }
  },
};

const server = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [templates, code, measured, compressed],
  appType: 'mpa',
  build: {
    outDir: '../wwwroot/dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: pages.map(fileOf), checks: { pluginTimings: false } },
  },
  // Its modules import each other without extensions, which Node does not resolve.
  test: { server: { deps: { inline: ['sucrase'] } } },
  server: {
    proxy: {
      '/connection': { target: server, ws: true },
      '/emulation': server,
      '/lines': server,
      '/judge/api': server,
      '/api': server,
    },
  },
});
