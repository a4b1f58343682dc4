import type { ChartTone } from './chart.ts';
import type { Colours } from './colours.ts';

const HATCH_PX = 6;
const STROKE_PX = 1.5;

/** What an area of a tone is filled with. What failed is hatched as well: its colour alone would not tell it apart. */
export function fillOf(
  tone: ChartTone,
  { tones, ground }: Colours,
  pixelRatio: number,
): string | CanvasPattern {
  if (tone !== 'failure') return tones[tone];
  const size = HATCH_PX * pixelRatio;
  const tile = document.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const context = tile.getContext('2d');
  if (!context) return tones[tone];
  context.fillStyle = tones[tone];
  context.fillRect(0, 0, size, size);
  context.strokeStyle = ground;
  context.lineWidth = STROKE_PX * pixelRatio;
  context.beginPath();
  // Three lines, so that the corners of neighbouring tiles meet.
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat') ?? tones[tone];
}
