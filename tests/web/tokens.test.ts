import { readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../../apps/web/src');
const tokens = await readFile(join(source, 'styles/tokens.css'), 'utf8');
const pairs = [...tokens.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
const colours = Object.fromEntries(
  pairs.map(([, name, light, dark]) => [name!, { light: light!, dark: dark! }]),
);

const GROUNDS = ['ground', 'surface', 'sunken', 'hover'];
const TONES = ['success', 'active', 'waiting', 'failure', 'neutral'];

/** What stands on what, and the contrast that WCAG 2.2 AA asks of it: 4.5 for text, 3 for controls and marks. */
const WANTED: [string, string, number][] = [
  ...GROUNDS.flatMap((ground) =>
    ['text', 'text-quiet', 'accent', ...TONES].map((front): [string, string, number] => [front, ground, 4.5]),
  ),
  ...GROUNDS.map((ground): [string, string, number] => ['line-control', ground, 3]),
  ...TONES.flatMap((tone): [string, string, number][] => [
    [tone, `${tone}-ground`, 4.5],
    ['text', `${tone}-ground`, 4.5],
  ]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['text', 'accent-ground', 4.5],
  ['accent', 'accent-ground', 4.5],
];

test.each(['light', 'dark'] as const)(
  'in the %s theme everything stands out from what it stands on',
  (theme) => {
    const missed = WANTED.flatMap(([front, back, wanted]) => {
      const contrast = contrastOf(colours[front]![theme], colours[back]![theme]);
      return contrast >= wanted ? [] : [`${front} on ${back}: ${contrast.toFixed(2)}, wanted ${wanted}`];
    });
    expect(missed).toEqual([]);
  },
);

test('colours are written in the tokens and nowhere else', async () => {
  const elsewhere: string[] = [];
  for (const file of globSync('**/*.{css,ts,tsx}', { cwd: source })) {
    if (file === join('styles', 'tokens.css')) continue;
    const text = await readFile(join(source, file), 'utf8');
    const found = /#[0-9a-f]{6}\b|\brgba?\(|\bhsla?\(|\boklch\(/i.exec(text);
    if (found) elsewhere.push(`${file}: ${found[0]}`);
  }
  expect(elsewhere).toEqual([]);
});

/** WCAG 2.2, "contrast ratio". */
function contrastOf(one: string, other: string): number {
  const [darker, lighter] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function luminanceOf(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
