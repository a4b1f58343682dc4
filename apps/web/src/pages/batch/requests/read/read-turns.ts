import type { Part, Turn } from './body-view.ts';
import { asList, asRecord, asText } from './json-shape.ts';
import { callPart, mediaPart, otherPart, readParts, reasoningParts } from './read-parts.ts';

/** A message of a chat, sent or answered: what it says, refuses, calls. */
export function readMessage(message: unknown, note = ''): Turn {
  const record = asRecord(message);
  if (!record) return { role: '', note, parts: [otherPart(message)] };
  const parts: Part[] = [];
  const reasoning = asText(record['reasoning_content']);
  if (reasoning) parts.push({ kind: 'reasoning', text: reasoning });
  parts.push(...readParts(record['content']));
  const refusal = asText(record['refusal']);
  if (refusal) parts.push({ kind: 'refusal', text: refusal });
  const audio = asRecord(record['audio']);
  if (audio) parts.push(mediaPart('audio', asText(audio['id']), asText(audio['data'])));
  for (const call of asList(record['tool_calls'])) parts.push(callPart(call));
  if (record['function_call']) parts.push(callPart(record['function_call']));
  return { role: asText(record['role']), note: note || asText(record['name']), parts };
}

/** An item of the input or the output of a response. */
export function readItem(item: unknown): Turn {
  const record = asRecord(item);
  const type = asText(record?.['type']);
  if (!record) {
    return { role: 'user', note: '', parts: typeof item === 'string' ? readParts(item) : [otherPart(item)] };
  }
  if (type === 'message' || (type === '' && 'role' in record)) {
    return { role: asText(record['role']), note: '', parts: readParts(record['content']) };
  }
  if (type === 'function_call' || type === 'custom_tool_call') {
    return { role: 'assistant', note: '', parts: [callPart(record)] };
  }
  if (type === 'function_call_output' || type === 'custom_tool_call_output') {
    return { role: 'tool', note: asText(record['call_id']), parts: readParts(record['output']) };
  }
  if (type === 'reasoning') return { role: 'assistant', note: '', parts: reasoningParts(record) };
  return { role: asText(record['role']), note: type, parts: [otherPart(record)] };
}

/** Turns that say something: a model that thought in silence leaves an empty one. */
export function turnsThatSay(turns: readonly Turn[]): Turn[] {
  return turns.filter(({ parts }) => parts.length > 0);
}

/** Texts, or lists of token numbers in their place. */
export function readPrompts(prompt: unknown): Part[] {
  const isTokens = Array.isArray(prompt) && prompt.length > 0 && typeof prompt[0] === 'number';
  return isTokens ? [otherPart(prompt)] : readParts(prompt);
}
