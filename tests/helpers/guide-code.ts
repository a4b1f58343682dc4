import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A piece of code of a guide, and the heading it stands under. */
export interface GuideCode {
  heading: string;
  code: string;
}

/** The pieces of code in one language (`bash`, `python`, `json`) of a guide in `docs/`, in order. */
export function readGuideCode(guide: string, language: string): GuideCode[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', guide), 'utf8');
  const pieces: GuideCode[] = [];
  let heading = '';
  for (const part of text.matchAll(/^#+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (part[1] !== undefined) heading = part[1];
    if (part[2] === language) pieces.push({ heading, code: part[3]! });
  }
  return pieces;
}
