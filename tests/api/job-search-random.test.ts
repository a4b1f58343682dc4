import type { BatchRequest, JobSearchInput } from '@batchdesk/shared';
import { jobResultsUrl } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { callJobs, createJob, mixedRequests, untilEnded } from '../helpers/jobs.ts';
import { parseLines } from '../helpers/requests.ts';
import { chatAnswer, resultLine } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createRandom } from '../shared/random.ts';
import { checkMatch } from './check-match.ts';
import { createRestJobClient, createTrpcJobClient } from './job-clients.ts';

const MODELS = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1'];
/** Signs that mean something in a pattern, an address, SQL or JSON, and letters of several lengths. */
const PIECES = [
  'a.b',
  '(x|y)*',
  '[0-9]+',
  '%41',
  '100%',
  '\\d',
  '$1',
  '"quoted"',
  '\n',
  'Élan',
  'élan',
  '𝒳𝒴',
  '🙂',
  '_',
  "'; --",
];
const HOSTILE = [
  '.*',
  '(',
  '[',
  '\\',
  '%',
  '%41',
  '%zz',
  '$',
  '^',
  '\n',
  '"',
  '_',
  '\u0000',
  '\ud83d',
  '\ude42',
  '𝒳',
  'ÉLAN',
];

/** What of each request may be found, as it stands in what was sent and what came back. */
interface Texts {
  line: number;
  id: string;
  input: string;
  answer: string;
}

/** Requests with random texts, and answers and errors with others; some are sent again and then answered otherwise. */
async function runRandom(
  server: TestServer,
  count: number,
  seed: number,
): Promise<{ id: string; texts: Texts[] }> {
  const random = createRandom(seed);
  const text = () => Array.from({ length: 1 + random.below(6) }, () => random.pick(PIECES)).join(' ');
  const requests = mixedRequests(count, MODELS).map((request, index): BatchRequest => {
    const content =
      index % 2 === 0
        ? text()
        : [
            { type: 'text', text: text() },
            { type: 'image_url', image_url: {} },
          ];
    const messages = [
      { role: 'system', content: text() },
      { role: 'user', content },
    ];
    const custom_id = `${index}-${random.pick(PIECES)}`;
    return Object.assign(request, { custom_id, body: { model: request.body['model'], messages } });
  });
  for (const { custom_id: customId } of requests) {
    const dice = random.below(8);
    if (dice < 3) {
      const message = text();
      server.local.faults.add({
        kind: 'row_fail',
        customId,
        statusCode: 503,
        code: 'busy',
        message,
        times: 1,
      });
    } else if (dice === 3) server.local.faults.add({ kind: 'row_missing', customId });
    else if (dice === 4) {
      server.local.faults.add({ kind: 'row_fail', customId, statusCode: 400, code: 'bad', message: text() });
    }
    if (random.below(2) === 0) {
      const answer = resultLine(customId, chatAnswer(text()));
      server.local.faults.add({ kind: 'row_text', customId, text: answer, times: 1 });
    }
  }
  const id = await createJob(server, requests, { retry: { attempts: 1 } });
  await untilEnded(server, id);
  await callJobs(server, `/${id}/retry`, { codes: ['busy'] });
  await untilEnded(server, id);
  const answer = await fetch(server.url + jobResultsUrl(id));
  const lines = parseLines(await answer.text());
  const texts = requests.map(({ custom_id, body }, index): Texts => {
    const { response, error } = lines[index]!;
    const content = response?.body?.choices?.[0]?.message?.content ?? '';
    const message = error?.message ?? response?.body?.error?.message ?? '';
    // One without an answer has a line of ours, in which nothing is to be found.
    const isMissing = error?.code === 'missing';
    return {
      line: index + 1,
      id: custom_id,
      input: promptOf(body),
      answer: isMissing ? '' : `${content}${message}`,
    };
  });
  return { id, texts };
}

function promptOf({ messages }: Record<string, any>): string {
  const parts = messages.flatMap(({ content }: any) => (typeof content === 'string' ? [content] : content));
  return parts.map((part: any) => (typeof part === 'string' ? part : (part.text ?? ''))).join('\n');
}

/** The lines in which a text is, and where first, by a filter of our own. */
function expectedMatches(texts: readonly Texts[], q: string, parts: readonly string[]): [number, string][] {
  const fold = (text: string) => text.toLowerCase();
  // Half of a sign that is written as two is not found in the whole.
  const has = (text: string) => q.isWellFormed() && fold(text).includes(fold(q));
  return texts.flatMap((each) => {
    const where = (['id', 'input', 'answer'] as const).find(
      (part) => parts.includes(part) && has(each[part]),
    );
    return where ? [[each.line, where] as [number, string]] : [];
  });
}

test('what is found is what a plain filter finds, in input order', async () => {
  await using server = await startTestServer();
  const { id, texts } = await runRandom(server, 80, 11);
  expect(await server.db.request.count({ where: { attempt: 2 } })).toBeGreaterThan(5);
  expect(await server.db.submission.count()).toBeGreaterThan(3);
  const random = createRandom(12);
  const wanted = [...HOSTILE, ...PIECES, '7', 'nowhere'];
  const clients = [
    // An address cannot have half of a sign.
    { api: createRestJobClient(server.url), texts: wanted.filter((q) => q.isWellFormed()) },
    { api: createTrpcJobClient(server.url), texts: wanted },
  ];
  for (const { api, texts: queries } of clients) {
    for (const q of queries) {
      const parts = (['id', 'input', 'answer'] as const).filter(() => random.below(2) === 0);
      const query: JobSearchInput = parts.length === 0 ? { q } : { q, in: parts };
      const found = await api.search(id, { ...query, limit: 1_000 });
      const expected = expectedMatches(texts, q, parts.length === 0 ? ['id', 'input', 'answer'] : parts);
      expect(
        found.map(({ line, where }) => [line, where]),
        JSON.stringify(query),
      ).toEqual(expected);
      for (const match of found) checkMatch(match, q);
      expect((await api.search(id, { ...query, limit: 2 })).map(({ line }) => line)).toEqual(
        expected.slice(0, 2).map(([line]) => line),
      );
    }
  }
});
