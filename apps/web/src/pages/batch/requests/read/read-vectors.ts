import type { BodyView, Vector } from './body-view.ts';
import { asNumber, asRecord } from './json-shape.ts';

/** Numbers that are drawn; more would not be seen. */
const DRAWN = 512;
/** Embeddings of one request that are shown; it can have 2,048. */
const SHOWN = 20;
const BYTES = 4;

/** Embeddings as lists of numbers, or as base64 of 32-bit ones. */
export function readVectors(data: readonly unknown[]): BodyView {
  const vectors = data.slice(0, SHOWN).map((item) => readVector(asRecord(item)?.['embedding']));
  return { kind: 'vectors', vectors, count: data.length };
}

function readVector(embedding: unknown): Vector {
  if (typeof embedding === 'string') return readBase64(embedding);
  if (!Array.isArray(embedding)) return { size: 0, values: [] };
  return { size: embedding.length, values: embedding.slice(0, DRAWN).map((value) => asNumber(value) ?? 0) };
}

/** Reads no more of it than is drawn. */
function readBase64(text: string): Vector {
  const padding = /={0,2}$/.exec(text.slice(-2))?.[0].length ?? 0;
  const size = Math.floor(((text.length * 3) / 4 - padding) / BYTES);
  const characters = Math.ceil((DRAWN * BYTES) / 3) * 4;
  try {
    const bytes = Uint8Array.from(atob(text.slice(0, characters)), (character) => character.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    const count = Math.min(DRAWN, Math.floor(bytes.length / BYTES));
    const values = Array.from({ length: count }, (_, index) => view.getFloat32(index * BYTES, true));
    return { size, values: values.map((value) => (Number.isFinite(value) ? value : 0)) };
  } catch {
    return { size: 0, values: [] }; // It is no base64.
  }
}

/** The line of a drawing of numbers, `width` × `height`, zero in the middle of its height; empty when there are none. */
export function drawLine(
  values: readonly number[],
  { width, height }: { width: number; height: number },
): string {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const step = width / Math.max(values.length - 1, 1);
  const points = values.map((value, index) => {
    const y = height / 2 - (value / largest) * (height / 2 - 1);
    return `${round(index * step)} ${round(y)}`;
  });
  return points.length === 0 ? '' : `M${points.join('L')}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
