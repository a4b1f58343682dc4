import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

/** The server allows nothing inline, so nothing inline is made: no data URLs, no inline polyfill. */
export default defineConfig({
  plugins: [solid()],
  build: {
    outDir: 'dist',
    // The first versions that know light-dark().
    target: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
