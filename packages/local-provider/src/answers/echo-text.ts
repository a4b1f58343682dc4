import { isJsonObject } from './json-object.ts';

/** Long enough to recognise a prompt by, short enough to keep 50,000 answers small. */
const echoedCharacters = 500;

/** The text of a content value: a string, or the text parts of a list; images and audio say nothing. */
export function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const texts = content.map((part) => (isJsonObject(part) && typeof part.text === 'string' ? part.text : ''));
  return texts.filter((text) => text !== '').join('\n');
}

/** The texts of a list of messages, and of the last one the user wrote. */
export function textsOfMessages(messages: readonly unknown[]): { all: string[]; lastOfUser: string } {
  const all: string[] = [];
  let lastOfUser = '';
  for (const message of messages) {
    if (!isJsonObject(message)) continue;
    const text = textOfContent(message.content);
    all.push(text);
    if (message.role === 'user') lastOfUser = text;
  }
  return { all, lastOfUser: lastOfUser || (all.at(-1) ?? '') };
}

/** The text every answer consists of: that no model made it, then the beginning of the prompt. */
export function echoText(prompt: string): string {
  return `[local provider: no model was called] ${truncate(prompt)}`;
}

/** The same as a JSON object, for requests that asked for JSON; it follows no schema. */
export function echoJson(prompt: string): string {
  return JSON.stringify({ local_provider: 'no model was called', prompt: truncate(prompt) });
}

function truncate(text: string): string {
  // toWellFormed: the cut may fall between the two halves of a character.
  return text.length > echoedCharacters ? `${text.slice(0, echoedCharacters).toWellFormed()}…` : text;
}

/** An estimate of tokens: a quarter of the UTF-8 bytes, rounded up. */
export function countTokens(...texts: readonly string[]): number {
  let bytes = 0;
  for (const text of texts) bytes += Buffer.byteLength(text);
  return Math.ceil(bytes / 4);
}
