import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import solid from 'vite-plugin-solid';

/** The server sends these where the browser takes them: nothing is compressed while somebody waits. */
const precompressed: Plugin = {
  name: 'precompressed',
  // Of the files as they are on the disk: what is in the bundle before is not what they become.
  async writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css|html)$/.test(file))) {
      const path = join(dir, name);
      const source = await readFile(path);
      await writeFile(`${path}.br`, brotliCompressSync(source));
      await writeFile(`${path}.gz`, gzipSync(source, { level: 9 }));
    }
  },
};

/** The server allows nothing inline, so nothing inline is made: no data URLs, no inline polyfill. */
export default defineConfig({
  plugins: [solid(), precompressed],
  build: {
    outDir: 'dist',
    // The first versions that know light-dark().
    target: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
});
