import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readGuideCode } from '../helpers/guide-code.ts';
import type { GuideCode } from '../helpers/guide-code.ts';
import { chatRequests, parseLines, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer, TestServerOptions } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createRestJobClient } from './job-clients.ts';
import { createRestClient } from './transports.ts';

const run = promisify(execFile);
const python = process.env['BATCHDESK_TEST_PYTHON'];

type GuideServer = TestServer & { jobId: string };

/** A server that has the file, the batch and the job that the guide speaks of. */
async function startGuideServer(options?: TestServerOptions): Promise<GuideServer> {
  const server = await startTestServer(options);
  server.local.faults.nextIds({ file: ['file-abc123'], batch: ['batch_abc123'] });
  const requests = chatRequests(3);
  await writeFile(join(server.folder, 'my_batch.jsonl'), toJsonl(requests));
  await createRestClient(server.url).create({ endpoint: '/v1/chat/completions', requests });
  return Object.assign(server, { jobId: await createGuideJob(server) });
}

/** A job that tries nothing again by itself. */
async function createGuideJob({ url }: TestServer): Promise<string> {
  const job = {
    endpoint: '/v1/chat/completions',
    requests: chatRequests(3),
    retry: { attempts: 1 },
  } as const;
  return (await createRestJobClient(url).create(job)).id;
}

async function untilCompleted(server: GuideServer): Promise<void> {
  await waitFor(
    () => createRestClient(server.url).get('batch_abc123'),
    ({ batch }) => batch.status === 'completed',
  );
  await waitFor(
    () => createRestJobClient(server.url).get(server.jobId),
    ({ job }) => job.status === 'completed',
  );
}

/** Runs code of the guide as it stands, but for the port and the id of the job. */
async function runCode(server: GuideServer, program: string, code: string): Promise<string> {
  const here = code.replaceAll('http://localhost:5000', server.url).replaceAll('job_abc123', server.jobId);
  expect(here).not.toBe(code);
  const { stdout } = await run(program, ['-c', here], { cwd: server.folder });
  return stdout;
}

/** JSON answers that follow one another without a separator. */
function splitAnswers(output: string): any[] {
  const texts = output.split(/(?<=\})\s*(?=\{"(?:success|openapi)")/);
  return texts.filter((text) => text.trim() !== '').map((text) => JSON.parse(text));
}

/** Everything that the guide shows in an answer has to be there, and of the same type. */
function expectShape(answer: any, shown: any, path = 'answer'): void {
  if (shown === null || answer === null) return;
  expect(typeof answer, path).toBe(typeof shown);
  if (Array.isArray(shown)) {
    expect(Array.isArray(answer), path).toBe(true);
    if (answer.length > 0 && shown.length > 0) expectShape(answer[0], shown[0], `${path}[0]`);
  } else if (typeof shown === 'object') {
    // What the labels and counts by status are is each user's own.
    if (path.endsWith('metadata') || path.endsWith('by_status')) return;
    for (const key of Object.keys(shown)) {
      expect(Object.keys(answer), path).toContain(key);
      expectShape(answer[key], shown[key], `${path}.${key}`);
    }
  }
}

describe.each(['guide.en.md', 'guide.fr.md'])('docs/%s', (guide) => {
  const commands = readGuideCode(guide, 'bash').filter(({ code }) => !code.includes('API_TOKEN'));
  const answers = readGuideCode(guide, 'json').filter(({ code }) => code.includes('"success": true'));
  const isCancel = ({ code }: GuideCode) => code.includes('/cancel');
  const isRetry = ({ code }: GuideCode) => code.includes('/retry');
  const isDelete = ({ code }: GuideCode) => code.includes('-X DELETE');
  const isChange = (command: GuideCode) => isCancel(command) || isRetry(command) || isDelete(command);
  const shownUnder = (heading: string) => answers.filter((answer) => answer.heading === heading);

  test('has the commands of all endpoints', () => {
    expect(commands.length).toBeGreaterThanOrEqual(9);
    expect(answers.length).toBeGreaterThanOrEqual(6);
  });

  test('every command runs and answers as the guide shows', async () => {
    await using server = await startGuideServer();
    await untilCompleted(server);
    for (const { heading, code } of commands.filter((command) => !isChange(command))) {
      const output = await runCode(server, 'bash', code);
      if (code.includes(' -o ')) continue;
      const given = splitAnswers(output);
      for (const answer of given) expect(answer.success ?? answer.openapi, code).toBeTruthy();
      for (const shown of shownUnder(heading)) expectShape(given.at(-1), JSON.parse(shown.code));
    }
    const results = await readFile(join(server.folder, 'results.jsonl'), 'utf8');
    expect(
      results
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).custom_id.slice(0, 8)),
    ).toEqual(Array(3).fill('request-'));
    expect(await readFile(join(server.folder, 'errors.jsonl'), 'utf8')).toBe('');
    const merged = parseLines(await readFile(join(server.folder, 'merged.jsonl'), 'utf8'));
    expect(merged.map(({ custom_id }) => custom_id)).toEqual(['request-1', 'request-2', 'request-3']);
    const csv = await readFile(join(server.folder, 'results.csv'), 'utf8');
    expect(csv.split('\r\n').map((row) => row.split(',')[0])).toEqual([
      'custom_id',
      ...merged.map(({ custom_id }) => custom_id),
      '',
    ]);
    expect(await readFile(join(server.folder, 'matches.jsonl'), 'utf8')).toBe('');
  });

  test('the commands that cancel do', async () => {
    const durations = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 600_000 };
    await using server = await startGuideServer({ provider: { durations } });
    const cancels = commands.filter(isCancel);
    expect(cancels).toHaveLength(2);
    for (const { heading, code } of cancels) {
      const [answer] = splitAnswers(await runCode(server, 'bash', code));
      expect((answer.batch ?? answer.job).status, code).toBe('cancelling');
      for (const shown of shownUnder(heading)) expectShape(answer, JSON.parse(shown.code));
    }
  });

  test('the commands that retry and delete a job do', async () => {
    await using server = await startGuideServer();
    await untilCompleted(server);
    server.local.faults.add({ kind: 'row_fail', customId: 'request-2', times: 1 });
    server.jobId = await createGuideJob(server);
    for (const { heading, code } of [...commands.filter(isRetry), ...commands.filter(isDelete)]) {
      await untilCompleted(server);
      const [answer] = splitAnswers(await runCode(server, 'bash', code));
      expect(answer.success, code).toBe(true);
      for (const shown of shownUnder(heading)) expectShape(answer, JSON.parse(shown.code));
    }
    const { data } = await createRestJobClient(server.url).list({ kind: 'job' });
    expect(data.map(({ id }) => id)).not.toContain(server.jobId);
  });

  test.runIf(python)('the three Python programs run and do what it says', async () => {
    await using server = await startGuideServer();
    await untilCompleted(server);
    const programs = readGuideCode(guide, 'python');
    expect(programs).toHaveLength(3);
    const [translate, embed, watch] = programs as [GuideCode, GuideCode, GuideCode];
    const created = /batch_\w+/.exec(await runCode(server, python!, translate.code))![0];
    const { request_counts } = (await untilEnded(server, created)).batch;
    expect(request_counts).toEqual({ total: 100, completed: 100, failed: 0 });

    await runCode(server, python!, embed.code);
    const { data } = await createRestClient(server.url).list({ endpoint: '/v1/embeddings' });
    expect(data).toMatchObject([{ metadata: { project: 'embeddings-generation' } }]);

    const watched = await runCode(server, python!, watch.code);
    expect(watched).toContain('completed');
    for (const { custom_id } of chatRequests(3)) expect(watched).toContain(`${custom_id}: `);
  });
});

function untilEnded(server: TestServer, id: string) {
  return waitFor(
    () => createRestClient(server.url).get(id),
    ({ batch }) => batch.status === 'completed',
  );
}

test('both guides have the same code, comments aside', () => {
  for (const language of ['bash', 'json', 'jsonl', 'python']) {
    const code = (guide: string) =>
      readGuideCode(guide, language).map((piece) => piece.code.replaceAll(/(^|\s)#.*$/gm, '$1').trim());
    expect(code('guide.fr.md')).toEqual(code('guide.en.md'));
  }
});
