import { createSignal, onCleanup } from 'solid-js';
import type { ChartTone } from './chart.ts';

/** What a canvas is painted with: the values of the tokens, which it cannot read by itself. */
export interface Colours {
  tones: Record<ChartTone, string>;
  text: string;
  quiet: string;
  grid: string;
  ground: string;
  font: string;
}

/** The token of each tone. */
export const TONE_TOKENS: Record<ChartTone, string> = {
  main: '--accent',
  context: '--line-control',
  success: '--success',
  failure: '--failure',
};

/** The colours of the theme in use, anew whenever it changes. */
export function createColours(): () => Colours {
  const [colours, setColours] = createSignal(readColours());
  const read = () => setColours(readColours());
  const observer = new MutationObserver(read);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', read);
  onCleanup(() => {
    observer.disconnect();
    dark.removeEventListener('change', read);
  });
  return colours;
}

function readColours(): Colours {
  // A token says light-dark(…): only as the colour of something does it become one of the two.
  const probe = document.body.appendChild(document.createElement('span'));
  const read = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const tones = Object.fromEntries(Object.entries(TONE_TOKENS).map(([tone, token]) => [tone, read(token)]));
  const colours = {
    tones: tones as Record<ChartTone, string>,
    text: read('--text'),
    quiet: read('--text-quiet'),
    grid: read('--line'),
    ground: read('--surface'),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return colours;
}
