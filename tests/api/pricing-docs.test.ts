import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTestServer } from '../helpers/start-test-server.ts';

const run = promisify(execFile);
const text = await readFile(join(import.meta.dirname, '../../docs/pricing.md'), 'utf8');
const commands = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].map((match) => match[1]!);

test('the commands of docs/pricing.md work, one after the other', async () => {
  await using server = await startTestServer();
  const outputs: string[] = [];
  for (const command of commands) {
    const here = command.replaceAll('http://localhost:5000', server.url);
    outputs.push((await run('sh', ['-c', here], { cwd: server.folder })).stdout);
  }
  const [unchanged, changed, restored, recosted, estimated] = outputs.map((output) => JSON.parse(output));
  expect(unchanged).toMatchObject({ success: true, currency: 'usd' });
  expect(unchanged.prices.every(({ source }: { source: string }) => source === 'built_in')).toBe(true);
  expect(changed.prices.filter(({ source }: { source: string }) => source === 'own')).toMatchObject([
    { model: 'ft:gpt-4o-mini', input: 0.3, batch_share: 0.5, effective_from: null },
    { model: 'gpt-4o-mini', input: 0.12, effective_from: '2026-12-01' },
  ]);
  const mini = restored.prices.filter(({ model }: { model: string }) => model === 'gpt-4o-mini');
  expect(mini).toMatchObject([
    { source: 'own', input: 0.2, effective_from: null },
    { source: 'own', input: 0.15, effective_from: '2026-11-01' },
  ]);
  expect(recosted).toEqual({ success: true, batches: 0, changed: 0 });
  expect(estimated).toMatchObject({ success: true, estimate: { request_count: 1, unpriced_requests: 0 } });
  expect(outputs).toHaveLength(5);
});
