import { isJsonObject } from './check-request.ts';
import type { JsonObject } from './check-request.ts';

/** The fields of a body whose texts count, names of properties included: schemas are full of them. */
const SCHEMA_FIELDS = ['tools', 'response_format', 'text', 'functions'] as const;
/** Parts of a content that are images, audio or files, given by their bytes or by where they are. */
const MEDIA_TYPES = new Set(['image_url', 'input_image', 'input_audio', 'file', 'input_file']);
const DATA_URL = /^data:[\w.+-]+\/[\w.+-]+[;,]/;

/** Sums are kept in quarters of a token: about what a byte of text is. */
const TOKEN = 4;
const MEDIA = 800 * TOKEN;
/** What a message costs beside its text. */
const MESSAGE = 4 * TOKEN;
/** What is deeper counts nothing: nobody prompts with it, and the stack has an end. */
const DEEPEST = 200;

/** Texts of a schema that are names rather than words, a byte a character. */
const SHORT = 40;

/** A character that is no byte. Of a text that V8 keeps with a byte for each, it answers without reading it. */
const BEYOND_BYTES = /[\u0100-\uffff]/;
const BEYOND_ASCII = /[\u0080-\uffff]/;

/**
 * About how many tokens of a model's enqueued limit a request takes: a quarter of the bytes of its texts, the exact
 * number of token lists, 800 for an image, a sound or a file. Answers do not count. `isLatin1` says that the body was
 * parsed with one character for each byte.
 */
export function estimateTokens(url: string, body: JsonObject, isLatin1 = false): number {
  const quarters = countPrompt(url, body, isLatin1 ? LATIN1 : UTF8);
  return Math.ceil(quarters / TOKEN);
}

/** The texts of a prompt, and tokens by the same estimate of all else in it: images, messages, names in schemas. */
export interface PromptTexts {
  texts: string[];
  otherTokens: number;
  /** Of these, what images, sounds and files count, each the same: how many they have the provider alone knows. */
  mediaTokens: number;
  /** Whether all of the prompt is in the request; not so when it goes on with what the provider keeps. */
  isWhole: boolean;
}

/** Fields of /v1/responses that stand for input at the provider. There `prompt` names a stored one. */
const KEPT_BY_PROVIDER = ['previous_response_id', 'conversation', 'prompt'] as const;

/** The texts that `estimateTokens` takes a quarter of the bytes of: to count them with the tokenizer of a model. */
export function promptTexts(url: string, body: JsonObject): PromptTexts {
  const texts: string[] = [];
  let media = 0;
  const quarters = countPrompt(url, body, {
    bytes(text) {
      texts.push(text);
      return 0;
    },
    media(count) {
      media += MEDIA * count;
      return MEDIA * count;
    },
  });
  const isWhole = url !== '/v1/responses' || !KEPT_BY_PROVIDER.some((field) => body[field]);
  return { texts, otherTokens: Math.ceil(quarters / TOKEN), mediaTokens: media / TOKEN, isWhole };
}

/** What counts, in quarters of a token. */
interface Measure {
  bytes(text: string): number;
  /** So many images, sounds or files. */
  media(count: number): number;
}

const media = (count: number) => MEDIA * count;
const LATIN1: Measure = { bytes: latin1Bytes, media };
const UTF8: Measure = { bytes: utf8Bytes, media };

function countPrompt(url: string, body: JsonObject, measure: Measure): number {
  const { messages, input, prompt, instructions } = body;
  let sum = 0;
  if (messages !== undefined) sum += countMessages(messages, measure);
  if (input !== undefined) sum += countMessages(input, measure);
  if (prompt !== undefined) sum += countContent(prompt, measure, 0);
  if (instructions !== undefined) sum += countContent(instructions, measure, 0);
  if (url === '/v1/images/edits' && body['images'] !== undefined) sum += countImages(body['images'], measure);
  for (const field of SCHEMA_FIELDS) {
    const schema = body[field];
    if (typeof schema === 'object') sum += countSchema(schema, measure, 0);
  }
  return sum;
}

function countMessages(list: unknown, measure: Measure): number {
  const content = countContent(list, measure, 0);
  return Array.isArray(list) && isJsonObject(list[0]) ? content + MESSAGE * list.length : content;
}

function countImages(images: unknown, measure: Measure): number {
  return measure.media(Array.isArray(images) ? images.length : 1);
}

function countContent(value: unknown, measure: Measure, depth: number): number {
  if (typeof value === 'string') return isDataUrl(value) ? measure.media(1) : measure.bytes(value);
  if (typeof value !== 'object' || value === null || depth === DEEPEST) return 0;
  let sum = 0;
  if (Array.isArray(value)) {
    if (typeof value[0] === 'number') return TOKEN * value.length;
    for (const item of value) sum += countContent(item, measure, depth + 1);
    return sum;
  }
  const fields = value as JsonObject;
  const { type } = fields;
  if (type !== undefined && MEDIA_TYPES.has(type as string)) return measure.media(1);
  for (const name in fields) {
    // What says what a message or a part of one is.
    if (name !== 'role' && name !== 'type') sum += countContent(fields[name], measure, depth + 1);
  }
  return sum;
}

function countSchema(value: unknown, measure: Measure, depth: number): number {
  if (typeof value === 'string') return value.length > SHORT ? measure.bytes(value) : value.length;
  if (typeof value !== 'object' || value === null || depth === DEEPEST) return 0;
  let sum = 0;
  if (Array.isArray(value)) {
    for (const item of value) sum += countSchema(item, measure, depth + 1);
    return sum;
  }
  const fields = value as JsonObject;
  for (const name in fields) sum += name.length + countSchema(fields[name], measure, depth + 1);
  return sum;
}

function isDataUrl(text: string): boolean {
  // Nearly all texts begin otherwise.
  return text.startsWith('data:') && DATA_URL.test(text.slice(0, 200));
}

/** Characters beyond a byte were escaped (`\u4e2d`): they count as many bytes as elsewhere. */
function latin1Bytes(text: string): number {
  return BEYOND_BYTES.test(text) ? text.length + countBeyond(text, 0x100) : text.length;
}

function utf8Bytes(text: string): number {
  return BEYOND_ASCII.test(text) ? text.length + countBeyond(text, 0x80) : text.length;
}

/** Bytes that UTF-8 has more than there are characters; halves of a pair have two each. */
function countBeyond(text: string, from: number): number {
  let more = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= from) more += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return more;
}
