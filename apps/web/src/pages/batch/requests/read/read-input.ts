import type { BodyView, Part, Turn } from './body-view.ts';
import { asList, asRecord, asText } from './json-shape.ts';
import { mediaPart, readParts } from './read-parts.ts';
import { readItem, readMessage, readPrompts, turnsThatSay } from './read-turns.ts';

/** What a person reads of the line that was sent; `null` when only its JSON says it. */
export function readInput(line: unknown): BodyView | null {
  const body = asRecord(asRecord(line)?.['body']);
  if (!body) return null;
  const url = asText(asRecord(line)?.['url']);
  const turns = turnsThatSay(url === '/v1/responses' ? readResponse(body) : readOther(body));
  return turns.length > 0 ? { kind: 'turns', turns } : null;
}

/** Numbers, switches and short words of a body: the model and how it is to answer. */
export function readSettings(line: unknown): [name: string, value: string][] {
  const body = asRecord(asRecord(line)?.['body']) ?? {};
  return Object.entries(body)
    .filter(([name]) => !PROMPTS.has(name))
    .flatMap(([name, value]): [string, string][] => {
      const isPlain = typeof value === 'number' || typeof value === 'boolean';
      const text = isPlain ? JSON.stringify(value) : asText(value);
      return text !== '' && text.length <= SETTING_CHARACTERS ? [[name, text]] : [];
    })
    .slice(0, SETTINGS);
}

const PROMPTS = new Set(['messages', 'input', 'prompt', 'instructions']);
const SETTING_CHARACTERS = 60;
const SETTINGS = 20;

function readResponse(body: Record<string, unknown>): Turn[] {
  const { input } = body;
  const instructions = readParts(body['instructions']);
  const items = Array.isArray(input) ? input.map(readItem) : [said('user', readParts(input))];
  return [{ role: 'system', note: '', parts: instructions }, ...items];
}

function readOther(body: Record<string, unknown>): Turn[] {
  if ('messages' in body) return asList(body['messages']).map((message) => readMessage(message));
  if ('prompt' in body) return [said('user', [...readPrompts(body['prompt']), ...pictures(body)])];
  // What is embedded or judged is no turn of anybody.
  return [said('input', readPrompts(body['input']))];
}

/** What an image is to be made of. */
function pictures(body: Record<string, unknown>): Part[] {
  const given = [...asList(body['images']), body['image'], body['mask'], body['input_reference']];
  return given.flatMap((picture) => {
    const record = asRecord(picture);
    const source = asText(picture) || asText(record?.['image_url']) || asText(record?.['file_id']);
    return source === '' ? [] : [mediaPart('image', source, '')];
  });
}

function said(role: string, parts: Part[]): Turn {
  return { role, note: '', parts };
}
