import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { pages, type Page } from '../pages.ts';

const root = join(import.meta.dirname, '..');

export const fileOf = ({ folder }: Page): string => join(root, folder, 'index.html');

/** Returns the page of a path, such as `/chat/lobby`. */
export function pageOf(path: string): Page | undefined {
  return pages.find(({ folder }) => path.split('/')[1] === folder);
}

/** Returns the HTML of a page: the template page.html with the texts of its entry in the list. */
export function htmlOf(page: Page): string {
  const values: Record<string, string> = { code: page.folder, ...page };
  return readFileSync(join(root, 'page.html'), 'utf8').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Makes every page from the template. */
export const templates: Plugin = {
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
      const page = /\.\w+$/.test(path) ? undefined : pageOf(path);
      if (!page) return next();
      response.setHeader('Content-Type', 'text/html').end(await server.transformIndexHtml(path, htmlOf(page)));
    });
  },
};
