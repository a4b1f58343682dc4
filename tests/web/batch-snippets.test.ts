import { execFileSync } from 'node:child_process';
import { BATCH_ENDPOINTS } from '@batchdesk/shared';
import type { Job } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { LANGUAGES, snippetsOf } from '../../apps/web/src/pages/batch/code/snippets-of.ts';

const AWKWARD = `O'Reilly "quoted" \\ $HOME \`id\`\n日本 \u2028 %s`;

const job = (more: Partial<Job> = {}) =>
  ({
    id: 'job_1',
    kind: 'job',
    name: AWKWARD,
    endpoint: '/v1/chat/completions',
    models: ['gpt-4o-mini'],
    metadata: { "it's": AWKWARD },
    retry: { attempts: 2, outcomes: ['failed'] },
    budget: { limit: 3, warn_at: 0.8, at_limit: 'hold', spent: 1, committed: 1, state: 'ok', held: 0 },
    ...more,
  }) as Job;

const SENT = {
  endpoint: '/v1/chat/completions',
  name: AWKWARD,
  metadata: { "it's": AWKWARD },
  retry: { attempts: 2, outcomes: ['failed'] },
  budget: { limit: 3, warn_at: 0.8, at_limit: 'hold' },
  requests: [
    {
      custom_id: 'request-1',
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Say hello.' }] },
    },
  ],
};

const origin = 'http://127.0.0.1:5000';

test('a shell reads the command for what it is, whatever the batch is called', () => {
  const { create } = snippetsOf(job(), origin, 'curl');
  const script = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }\n${create}`;
  const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
  expect(words.slice(0, 2)).toEqual([`${origin}/api/jobs`, '--json']);
  expect(JSON.parse(words[2]!)).toEqual(SENT);
});

test('JavaScript sends what the batch was told', async () => {
  const { create } = snippetsOf(job(), origin, 'javascript');
  const calls: { url: string; body: string }[] = [];
  const call = (url: string, { body }: { body: string }) => {
    calls.push({ url, body });
    return { json: () => ({}) };
  };
  const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
  await new AsyncFunction('fetch', 'console', create)(call, { log: () => undefined });
  expect(calls[0]!.url).toBe(`${origin}/api/jobs`);
  expect(JSON.parse(calls[0]!.body)).toEqual(SENT);
});

test('in Python the body has no word of JSON that Python lacks', () => {
  const { create } = snippetsOf(job({ metadata: null, budget: null }), origin, 'python');
  expect(create).toContain('requests.post(\n    "http://127.0.0.1:5000/api/jobs",');
  expect(create).not.toMatch(/\b(null|true|false)\b/);
  expect(create).not.toContain('metadata');
});

test.each(LANGUAGES)('%s follows the batch and downloads its results by its id', (language) => {
  const { follow, download } = snippetsOf(job({ id: 'job_1' }), origin, language);
  expect(follow).toContain(`${origin}/api/jobs/job_1`);
  expect(download).toContain(`${origin}/api/jobs/job_1/results`);
});

test('a batch that was made as one is made as one', () => {
  const { create } = snippetsOf(
    job({ kind: 'batch', name: null, retry: null, budget: null }),
    origin,
    'curl',
  );
  expect(create).toContain(`${origin}/api/batch/create`);
  expect(create).not.toContain('"retry"');
});

test.each(BATCH_ENDPOINTS)('%s has an example with a prompt', (endpoint) => {
  expect(snippetsOf(job({ endpoint }), origin, 'curl').create).toContain('Say hello.');
});
