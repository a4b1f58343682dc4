import { asObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';

/** What a person reads in a result line. */
export interface AnswerText {
  custom_id: string;
  /** The answer; empty when there is none. */
  content: string;
  error_message: string | null;
}

const NOTHING: AnswerText = { custom_id: '', content: '', error_message: null };
const utf8 = new TextDecoder();

/**
 * Reads a result line: the text of a chat, completion or response, its tool calls or refusal; for embeddings how many
 * numbers there are (`2 × 1536`); for moderations the flagged categories; for images their addresses.
 */
export function readAnswer(bytes: Uint8Array): AnswerText {
  const line = parseObject(bytes);
  if (!line) return NOTHING;
  const body = asObject(asObject(line['response'])?.['body']);
  const error = asObject(line['error']) ?? asObject(body?.['error']);
  const message = error?.['message'];
  return {
    custom_id: asText(line['custom_id']),
    content: body ? contentOf(body) : '',
    error_message: typeof message === 'string' ? message : null,
  };
}

/** The shape of a body tells what it is. */
function contentOf(body: JsonObject): string {
  if (Array.isArray(body['choices'])) return join(objects(body['choices']).map(choiceText));
  if (Array.isArray(body['output'])) return join(objects(body['output']).map(outputText));
  if (Array.isArray(body['results'])) return flaggedCategories(objects(body['results']));
  if (Array.isArray(body['data'])) return dataText(objects(body['data']));
  return '';
}

function choiceText(choice: JsonObject): string {
  const message = asObject(choice['message']);
  if (!message) return asText(choice['text']);
  const calls = objects(message['tool_calls']).map((call) => callText(asObject(call['function']) ?? call));
  return join([partsText(message['content']), asText(message['refusal']), ...calls]);
}

function outputText(item: JsonObject): string {
  if (item['type'] === 'function_call') return callText(item);
  return partsText(item['content']);
}

/** Content is a text, or parts of which each is a text or a refusal. */
function partsText(content: unknown): string {
  if (!Array.isArray(content)) return asText(content);
  return join(objects(content).map((part) => asText(part['text']) || asText(part['refusal'])));
}

function callText(call: JsonObject): string {
  return `${asText(call['name'])}(${asText(call['arguments'])})`;
}

function flaggedCategories(results: JsonObject[]): string {
  const flagged = results.flatMap((result) =>
    Object.entries(asObject(result['categories']) ?? {}).flatMap(([name, is]) => (is === true ? [name] : [])),
  );
  return [...new Set(flagged)].join(';');
}

function dataText(data: JsonObject[]): string {
  const embedding = data[0]?.['embedding'];
  if (Array.isArray(embedding)) return `${data.length} × ${embedding.length}`;
  // Base64 of 32-bit numbers.
  if (typeof embedding === 'string') return `${data.length} × ${Buffer.byteLength(embedding, 'base64') / 4}`;
  return join(data.map(({ url }) => asText(url)));
}

function join(texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

function parseObject(bytes: Uint8Array): JsonObject | null {
  try {
    return asObject(JSON.parse(utf8.decode(bytes)));
  } catch {
    return null;
  }
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map(asObject).filter((item) => item !== null) : [];
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
