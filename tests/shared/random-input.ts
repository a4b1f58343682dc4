import type { BatchEndpoint } from '@batchdesk/shared';
import { damage } from './damage.ts';
import type { Random } from './random.ts';
import { GOOD_BODIES, requestTo } from './request-line.ts';

const VALUES: readonly unknown[] = [
  null,
  '',
  'a',
  'é😀\u2028',
  'half \ud83d',
  'nul \0',
  0,
  -1.5,
  true,
  false,
  [],
  [[]],
  [1, 2],
  [[1], [2]],
  ['a', [1], 2],
  {},
  { id: 'a', length: 3 },
  [{ role: 'user', content: null }],
  'long '.repeat(60),
];
const IDS = ['a', 'b', 'A', '__proto__', ' ', '\t', 'x'.repeat(64), 'x'.repeat(65), 'é', 'e\u0301', '\uFEFF'];
const MODELS = ['m', 'm', 'M', 'n', ' ', 'é', '__proto__'];
const OTHER_FIELDS = [
  'stream',
  'previous_response_id',
  'conversation',
  'prompt',
  'input',
  'messages',
  'dimensions',
  'encoding_format',
  'toString',
];
const BREAKS = ['\n', '\n', '\r\n', '\n\n', '\n \t\n'];

type Line = Record<string, unknown> & { body: Record<string, unknown> };

/** Writes inputs of a few requests to one endpoint: about half are good, the rest a few changes away from it. */
export function createInputWriter(random: Random, endpoints: readonly BatchEndpoint[]) {
  function change(request: Line): void {
    const name = random.pick(['custom_id', 'method', 'url', 'body', 'model', 'prompt', 'other', 'other']);
    const isTaken = random.below(4) === 0;
    if (name === 'model' || name === 'prompt' || name === 'other') {
      const { model: _, ...rest } = GOOD_BODIES[request['url'] as BatchEndpoint] ?? { messages: [] };
      const [prompt = 'input'] = Object.keys(rest);
      const field = { model: 'model', prompt, other: random.pick(OTHER_FIELDS) }[name];
      if (isTaken && request.body) delete request.body[field];
      else if (request.body) request.body[field] = random.pick(name === 'model' ? MODELS : VALUES);
    } else if (isTaken) delete request[name];
    else if (name === 'custom_id') request[name] = random.pick([...IDS, ...IDS, ...VALUES]);
    else if (name === 'url') request[name] = random.pick([...endpoints, ...VALUES]);
    else if (name === 'method') request[name] = random.pick(['POST', 'GET', 'post', ...VALUES]);
    else Object.assign(request, { body: random.pick(VALUES) });
  }

  function write(): { endpoint: BatchEndpoint; bytes: Uint8Array } {
    const endpoint = random.pick(endpoints);
    const lines = Array.from({ length: 1 + random.below(3) }, (_, index) => {
      const request = structuredClone(requestTo(endpoint, {}, `request-${index}`)) as Line;
      if (random.below(2) === 0) change(request);
      if (random.below(6) === 0 && typeof request.body === 'object' && request.body) change(request);
      return JSON.stringify(request);
    });
    if (random.below(12) === 0) lines.push(random.pick(lines));
    const mark = random.pick(['', '', '', '\uFEFF']);
    const text = mark + lines.map((line) => line + random.pick(BREAKS)).join('');
    const bytes = Buffer.from(random.below(5) === 0 ? text.trimEnd() : text);
    return { endpoint, bytes: random.below(4) === 0 ? damage(bytes, random) : bytes };
  }

  return { write };
}
