// Runs before the first paint, so that a stored theme does not flash.
(() => {
  const stored = (name) => localStorage.getItem(`duplex.${name}`);
  const root = document.documentElement;
  const light = matchMedia('(prefers-color-scheme: light)').matches;
  root.dataset.theme = stored('theme') ?? (light ? 'light' : 'dark');
  root.dataset.pair = stored('pair') ?? 'green-red';
})();
