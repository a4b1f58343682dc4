import { createSignal, onCleanup } from 'solid-js';

/** The parts of the settings, as the address names them. */
const SETTINGS = ['settings', 'budget', 'prices'] as const;

/** A part of the settings. */
export type SettingsPart = (typeof SETTINGS)[number];

/** Follows the address: the part of the settings that it names, `null` for the list of batches. */
export function createView(): () => SettingsPart | null {
  const [part, setPart] = createSignal(readPart());
  const follow = () => setPart(readPart());
  window.addEventListener('hashchange', follow);
  onCleanup(() => window.removeEventListener('hashchange', follow));
  return part;
}

function readPart(): SettingsPart | null {
  const name = location.hash.slice(1);
  return SETTINGS.find((part) => part === name) ?? null;
}
