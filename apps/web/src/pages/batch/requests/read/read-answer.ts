import type { AnswerError, BodyView, Turn } from './body-view.ts';
import { asList, asNumber, asRecord, asText, writeJson } from './json-shape.ts';
import { mediaPart, readParts } from './read-parts.ts';
import { readItem, readMessage, turnsThatSay } from './read-turns.ts';
import { readVectors } from './read-vectors.ts';
import { readVerdict } from './read-verdict.ts';

/**
 * What a person reads of the line that answers a request, by the shape of its body; `null` when only its JSON says it, and
 * when there is no line.
 */
export function readAnswer(line: unknown): BodyView | null {
  const record = asRecord(line);
  if (!record) return null;
  const response = asRecord(record['response']);
  const body = asRecord(response?.['body']);
  const status = asNumber(response?.['status_code']);
  const thrown = record['error'] ?? body?.['error'];
  if (thrown) return { kind: 'error', error: readError(thrown, status) };
  if (!body) return null;
  if (Array.isArray(body['choices'])) return asTurns(body['choices'].map(readChoice));
  if (Array.isArray(body['output'])) return asTurns(body['output'].map(readItem));
  if (Array.isArray(body['results'])) {
    return { kind: 'verdicts', verdicts: body['results'].map(readVerdict) };
  }
  return readData(asList(body['data']));
}

function readChoice(choice: unknown): Turn {
  const record = asRecord(choice);
  const note = asText(record?.['finish_reason']);
  if (record && 'message' in record) return readMessage(record['message'], note);
  return { role: 'assistant', note, parts: readParts(record?.['text']) };
}

function readData(data: readonly unknown[]): BodyView | null {
  if (data.some((item) => asRecord(item)?.['embedding'] !== undefined)) return readVectors(data);
  const parts = data.flatMap((item) => {
    const picture = asRecord(item);
    const url = asText(picture?.['url']);
    const base64 = asText(picture?.['b64_json']);
    if (url === '' && base64 === '') return [];
    return [mediaPart('image', url, base64), ...readParts(asText(picture?.['revised_prompt']))];
  });
  return asTurns([{ role: 'assistant', note: '', parts }]);
}

function readError(thrown: unknown, status: number | null): AnswerError {
  const error = asRecord(thrown);
  if (!error) {
    return { status, code: '', message: asText(thrown) || (writeJson(thrown) ?? ''), param: '' };
  }
  const code = asText(error['code']) || asText(error['type']) || String(asNumber(error['code']) ?? '');
  return { status, code, message: asText(error['message']), param: asText(error['param']) };
}

function asTurns(turns: Turn[]): BodyView | null {
  const said = turnsThatSay(turns);
  return said.length > 0 ? { kind: 'turns', turns: said } : null;
}
