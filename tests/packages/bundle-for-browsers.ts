import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';

/** Bundles a program in `folder`; what it exports can be looked at by running it where nothing of Node is. */
export async function bundleForBrowsers(folder: string, source: string) {
  const entry = join(folder, 'browser.js');
  await writeFile(entry, source);
  const built = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'program' } },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const [chunk, ...others] = outputs;
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error('One chunk was expected.');
  const { code } = chunk;
  return {
    code,
    evaluate(): Record<string, any> {
      // Of what a browser has beyond the language: these alone.
      const context = createContext({ URL, TextDecoder, TextEncoder });
      return runInContext(`${code}; program;`, context) as Record<string, any>;
    },
  };
}
