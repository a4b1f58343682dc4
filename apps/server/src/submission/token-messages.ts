/** The encodings that models of today have. */
export type Encoding = 'o200k_base' | 'cl100k_base';

/** What the thread that counts tokens is asked. */
export interface CountQuestion {
  id: number;
  encoding: Encoding;
  texts: readonly string[];
}

/** What it answers: tokens of each text, or why it could not count. */
export interface CountAnswer {
  id: number;
  counts: number[];
  error?: unknown;
}

/** By what the name of a model begins with, up to a dash, a dot or its end; the first that fits. */
const ENCODINGS: readonly [RegExp, Encoding][] = [
  [/^(?:chat)?gpt-(?:4o|4\.1|4\.5|5|oss)(?![^-.])/, 'o200k_base'],
  [/^o[134](?![^-.])/, 'o200k_base'],
  [/^gpt-(?:4|3\.5)(?![^-])/, 'cl100k_base'],
  [/^text-embedding-(?:3|ada)-/, 'cl100k_base'],
  [/^(?:davinci|babbage)-002(?![^-])/, 'cl100k_base'],
];

/** The encoding of a model, `null` when it is not known. A fine-tuned one (`ft:base:…`) has that of its base. */
export function encodingOf(model: string): Encoding | null {
  const base = model.startsWith('ft:') ? (model.split(':')[1] ?? '') : model;
  return ENCODINGS.find(([pattern]) => pattern.test(base))?.[1] ?? null;
}
