import type { Chart } from './chart.ts';
import type { Colours } from './colours.ts';
import { fillOf } from './paint.ts';

const MARGIN_PX = 20;
const TITLE_PX = 16;
const TEXT_PX = 12;
const SWATCH_PX = 12;
const GAP_PX = 16;
const HEAD_PX = 48;

/** A picture of a chart that says by itself what it shows: its title, its time and its legend over what was drawn. */
export async function drawPng(
  chart: Chart,
  drawn: HTMLCanvasElement,
  colours: Colours,
): Promise<Blob | null> {
  const ratio = devicePixelRatio;
  const picture = document.createElement('canvas');
  picture.width = drawn.width + 2 * MARGIN_PX * ratio;
  picture.height = drawn.height + (2 * MARGIN_PX + HEAD_PX) * ratio;
  const context = picture.getContext('2d');
  if (!context) return null;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(drawn, MARGIN_PX * ratio, (MARGIN_PX + HEAD_PX) * ratio);
  context.scale(ratio, ratio);
  context.textBaseline = 'middle';
  write(context, chart.title, {
    x: MARGIN_PX,
    y: MARGIN_PX + TITLE_PX / 2,
    colour: colours.text,
    font: `600 ${TITLE_PX}px ${colours.font}`,
  });
  drawLegend(context, chart, colours, ratio);
  return new Promise((resolve) => picture.toBlob(resolve, 'image/png'));
}

function drawLegend(context: CanvasRenderingContext2D, chart: Chart, colours: Colours, ratio: number): void {
  const font = `400 ${TEXT_PX}px ${colours.font}`;
  const y = MARGIN_PX + TITLE_PX + 20;
  let x = MARGIN_PX;
  for (const { tone, label, total } of chart.series) {
    const fill = chart.kind === 'stack' ? fillOf(tone, colours, ratio) : colours.tones[tone];
    const height = chart.kind === 'stack' ? SWATCH_PX : 2;
    context.fillStyle = fill;
    context.fillRect(x, y - height / 2, SWATCH_PX, height);
    const text = total === null ? label : `${label} ${chart.format(total)}`;
    x += SWATCH_PX + 6;
    x += write(context, text, { x, y, colour: colours.text, font }) + GAP_PX;
  }
  write(context, chart.period, { x, y, colour: colours.quiet, font });
}

interface Writing {
  x: number;
  y: number;
  colour: string;
  font: string;
}

/** Answers how wide the text is. */
function write(context: CanvasRenderingContext2D, text: string, { x, y, colour, font }: Writing): number {
  context.font = font;
  context.fillStyle = colour;
  context.fillText(text, x, y);
  return context.measureText(text).width;
}
