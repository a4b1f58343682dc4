import type { MediaKind, Part } from './body-view.ts';
import { asList, asRecord, asText, writeJson } from './json-shape.ts';

const MEDIA: Record<string, MediaKind> = {
  image_url: 'image',
  input_image: 'image',
  input_audio: 'audio',
  audio: 'audio',
  file: 'file',
  input_file: 'file',
  video_url: 'video',
};

const TEXTS = ['text', 'input_text', 'output_text', 'summary_text', 'reasoning_text'];
/** Characters of an address that are shown. */
const SOURCE_CHARACTERS = 300;

/** The content of a message: a text, or parts of many kinds. Nothing for `null`. */
export function readParts(content: unknown): Part[] {
  if (content === null || content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (Array.isArray(content)) return content.map(readPart);
  return [readPart(content)];
}

/** A part that is shown as JSON. */
export function otherPart(value: unknown): Part {
  return { kind: 'other', text: writeJson(value) ?? '…' };
}

/** A call of a tool, in the shape of chats (`function: {…}`) or that of responses. */
export function callPart(call: unknown): Part {
  const record = asRecord(call);
  const named = asRecord(record?.['function']) ?? asRecord(record?.['custom']) ?? record;
  const name = asText(named?.['name']);
  if (!named || name === '') return otherPart(call);
  const given = named['arguments'] ?? named['input'] ?? '';
  return { kind: 'call', name, text: typeof given === 'string' ? given : (writeJson(given) ?? '…') };
}

/** A picture or another medium: where it is, or how large when the body holds it. */
export function mediaPart(media: MediaKind, source: string, base64: string): Part {
  const inline = /^data:([^,;]{0,100})[^,]{0,100},/.exec(source);
  if (inline) {
    return {
      kind: 'media',
      media,
      source: inline[1] ?? '',
      bytes: base64Bytes(source.length - inline[0].length),
    };
  }
  const shown = source.length > SOURCE_CHARACTERS ? `${source.slice(0, SOURCE_CHARACTERS)}…` : source;
  return { kind: 'media', media, source: shown, bytes: base64 === '' ? null : base64Bytes(base64.length) };
}

function readPart(part: unknown): Part {
  if (typeof part === 'string') return { kind: 'text', text: part };
  const record = asRecord(part);
  if (!record) return otherPart(part);
  const type = asText(record['type']);
  if (TEXTS.includes(type) && typeof record['text'] === 'string')
    return { kind: 'text', text: record['text'] };
  if (type === 'refusal') return { kind: 'refusal', text: asText(record['refusal']) };
  const media = Object.hasOwn(MEDIA, type) ? MEDIA[type] : undefined;
  return media ? readMedia(media, record) : otherPart(part);
}

/** What says where a medium is stands in the part itself, or in an object of it. */
function readMedia(media: MediaKind, part: Record<string, unknown>): Part {
  const inner = asRecord(part[asText(part['type'])]) ?? asRecord(part['image_url']) ?? {};
  const first = (...names: string[]) =>
    names.flatMap((name) => [asText(inner[name]), asText(part[name])]).find((text) => text !== '') ?? '';
  const address = first('url', 'image_url', 'file_url', 'filename', 'file_id', 'format', 'id');
  const data = first('file_data', 'data');
  return data.startsWith('data:') ? mediaPart(media, data, '') : mediaPart(media, address, data);
}

/** Parts that summarise what a model thought. */
export function reasoningParts(item: Record<string, unknown>): Part[] {
  const texts = [...asList(item['summary']), ...asList(item['content'])].map((part) =>
    asText(asRecord(part)?.['text']),
  );
  return texts.filter((text) => text !== '').map((text) => ({ kind: 'reasoning', text }));
}

function base64Bytes(characters: number): number {
  return Math.floor((characters * 3) / 4);
}
