// The thread that counts tokens: the tables of an encoding take a while to load and 100 MB, and counting holds up the rest.
import { parentPort } from 'node:worker_threads';
import type { CountAnswer, CountQuestion, Encoding } from './token-messages.ts';

const port = parentPort;
if (!port) throw new Error('This runs as a worker thread only.');

/** Characters that are counted at once: the time for a text without a space in it grows with its square. */
const PIECE = 2_048;
/** What looks like a special token is text like any other. */
const PLAIN = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

type CountTokens = (text: string, options: typeof PLAIN) => number;

async function load(encoding: Encoding): Promise<CountTokens> {
  const { countTokens } = await (encoding === 'o200k_base'
    ? import('gpt-tokenizer/encoding/o200k_base')
    : import('gpt-tokenizer/encoding/cl100k_base'));
  return countTokens;
}

function count(countTokens: CountTokens, text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + PIECE, text.length);
    // A piece ends before a space where there is one near: a token begins there anyway.
    const space = end < text.length ? text.lastIndexOf(' ', end) : -1;
    if (space > at + PIECE / 2) end = space;
    sum += countTokens(text.slice(at, end), PLAIN);
    at = end;
  }
  return sum;
}

async function answer({ id, encoding, texts }: CountQuestion): Promise<CountAnswer> {
  try {
    const countTokens = await load(encoding);
    return { id, counts: texts.map((text) => count(countTokens, text)) };
  } catch (error) {
    return { id, counts: [], error };
  }
}

port.on('message', (question: CountQuestion) => void answer(question).then((told) => port.postMessage(told)));
