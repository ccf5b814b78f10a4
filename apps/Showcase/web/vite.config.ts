import { defineConfig } from 'vitest/config';
import { pages } from './pages.ts';
import { code } from './plugins/code.ts';
import { compared } from './plugins/compared.ts';
import { compressed } from './plugins/compressed.ts';
import { documentation } from './plugins/documents.ts';
import { measured } from './plugins/measured.ts';
import { fileOf, templates } from './plugins/pages.ts';

const server = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [templates, code, measured, compared, compressed, documentation],
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
