import { open } from 'node:fs/promises';

/** What to write. The same options always give the same bytes. */
export interface InputOptions {
  /** Tells runs apart: begins every `custom_id`, so that no two runs send the same content. */
  run: number;
  requests: number;
  /** Of one line, its line break included. */
  lineBytes: number;
  /** Answers asked for by each request. */
  answers?: number;
}

const ENDPOINT = '/v1/chat/completions';
/** Different texts; a line that cannot be told from the one before would be too kind to caches. */
const VARIANTS = 64;
const CHUNK_BYTES = 1 << 20;

const PLAIN = [
  'The delivery was announced for Tuesday, yet nobody rang and no card was left at the door. ',
  'Please summarise the complaint in one sentence and say which department has to answer it. ',
  'She wrote: "I have called twice, and each time I was told to wait for another week." ',
  'Item 4471-B arrived with a broken hinge;\nthe invoice shows 129.90 with 19% of tax.\n',
  'Keep the tone polite, do not promise a refund, and mention section 7 of the terms. ',
  'According to the log (C:\\orders\\2026\\march) the parcel had left the warehouse at 06:42. ',
];
const ACCENTED = [
  'Le café de la gare reste fermé jusqu’à la rentrée, répondit-elle d’un ton navré. ',
  'Die Lieferung nach München kostet 12,50 € zusätzlich – “bitte bestätigen”, steht da. ',
  '東京の倉庫から発送されました。お荷物番号は 8841 です。 Thank you 🙏 for your patience. ',
];

/** Writes chat requests as JSONL. */
export async function writeJsonl(path: string, options: InputOptions): Promise<void> {
  await writeRequests(path, options, { before: '', between: '\n', after: '\n' });
}

/** Writes the same requests as the body of a creation. */
export async function writeCreateBody(path: string, options: InputOptions): Promise<void> {
  const before = `{"endpoint":"${ENDPOINT}","requests":[`;
  await writeRequests(path, options, { before, between: ',', after: ']}' });
}

async function writeRequests(
  path: string,
  options: InputOptions,
  { before, between, after }: { before: string; between: string; after: string },
): Promise<void> {
  const templates = Array.from({ length: VARIANTS }, (_, variant) => makeRequest(options, variant));
  await using file = await open(path, 'w');
  let parts: Buffer[] = [Buffer.from(before)];
  for (let index = 0; index < options.requests; index += 1) {
    const template = templates[index % VARIANTS]!;
    const id = customId(options.run, index + 1);
    parts.push(Buffer.from(index === 0 ? '' : between), Buffer.from(template.replace(customId(0, 0), id)));
    if (parts.length * options.lineBytes < CHUNK_BYTES) continue;
    await file.write(Buffer.concat(parts));
    parts = [];
  }
  await file.write(Buffer.concat([...parts, Buffer.from(after)]));
  // What is measured next is not to share the disk with this.
  await file.datasync();
}

/** Of the same length for all runs and requests. */
function customId(run: number, line: number): string {
  return `bench-${String(run).padStart(3, '0')}-${String(line).padStart(6, '0')}`;
}

function makeRequest({ lineBytes, answers }: InputOptions, variant: number): string {
  const body = (content: string) =>
    JSON.stringify({
      custom_id: customId(0, 0),
      method: 'POST',
      url: ENDPOINT,
      body: { model: 'gpt-4o-mini', n: answers, messages: [{ role: 'user', content }] },
    });
  const bytes = (content: string) => Buffer.byteLength(body(content)) + 1;
  const sentences = variant % 4 === 0 ? [...ACCENTED, ...PLAIN] : PLAIN;
  let content = `${variant}. `;
  for (let next = variant; ; next += 1) {
    const longer = content + sentences[next % sentences.length]!;
    if (bytes(longer) > lineBytes) break;
    content = longer;
  }
  return body(content + '.'.repeat(lineBytes - bytes(content)));
}
