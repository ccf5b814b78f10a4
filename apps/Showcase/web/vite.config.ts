import { defineConfig, type Plugin } from 'vite';

// The server maps /exchange/{symbol} to one page; the development server must do the same.
const pages: Plugin = {
  name: 'pages',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/exchange\/[A-Z0-9]+(\?|$)/.test(request.url ?? '')) request.url = '/exchange/index.html';
      else if (/^\/chat(\/[\w-]+)?(\?|$)/.test(request.url ?? '')) request.url = '/chat/index.html';
      next();
    });
  },
};

const server = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [pages],
  appType: 'mpa',
  build: {
    outDir: '../wwwroot/dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'exchange/index.html', 'chat/index.html'] },
  },
  server: {
    proxy: {
      '/connection': { target: server, ws: true },
      '/emulation': server,
      '/api': server,
    },
  },
});
