import { asObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';

/** Messages, one of them, its parts, one of these, its text; and some more. */
const MAX_DEPTH = 10;
const utf8 = new TextDecoder();

/**
 * Reads what a person wrote in a request line: the messages of a chat, the prompt, or the input with its instructions;
 * of parts those that are text. Empty when there is nothing of that kind.
 */
export function readInputText(bytes: Uint8Array): string {
  const body = asObject(parse(bytes)?.['body']);
  if (!body) return '';
  const { instructions, messages, prompt, input } = body;
  return [instructions, messages, prompt, input].flatMap((value) => textsOf(value, 0)).join('\n');
}

/** A text, or a list of texts, of parts that have one, or of messages with such content. */
function textsOf(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (depth === MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, depth + 1));
  const item = asObject(value);
  return item ? [item['text'], item['content']].flatMap((text) => textsOf(text, depth + 1)) : [];
}

function parse(bytes: Uint8Array): JsonObject | null {
  try {
    return asObject(JSON.parse(utf8.decode(bytes)));
  } catch {
    return null;
  }
}
