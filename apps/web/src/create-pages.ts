import { lazy } from 'solid-js';
import type { Component } from 'solid-js';
import type { I18n } from './i18n/i18n.tsx';

/** The parts of the page that are loaded when they are first shown. */
export type Pages = ReturnType<typeof createPages>;

/** Makes the parts that are loaded when they are first shown, each together with the texts that they need. */
export function createPages(i18n: I18n) {
  function later<P extends Record<string, unknown>>(load: () => Promise<Component<P>>) {
    return lazy(async () => {
      const [component] = await Promise.all([load(), i18n.loadPages()]);
      return { default: component };
    });
  }
  return {
    Batches: later(async () => (await import('./pages/batches/batches.tsx')).Batches),
    Batch: later(async () => (await import('./pages/batch/batch.tsx')).Batch),
    Create: later(async () => (await import('./pages/create/create.tsx')).Create),
    Files: later(async () => (await import('./pages/files/files.tsx')).Files),
    Settings: later(async () => (await import('./pages/settings/settings.tsx')).Settings),
    Palette: later(async () => (await import('./components/palette/palette.tsx')).Palette),
    ShortcutSheet: later(async () => (await import('./components/shortcut-sheet.tsx')).ShortcutSheet),
  };
}
