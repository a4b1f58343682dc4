import { startLocalProvider, type LocalProviderOptions } from '@batchdesk/local-provider';
import { expect, test } from 'vitest';

import { startCli } from './cli-process.ts';
import {
  atOnce,
  chatLines,
  createBatch,
  createClient,
  createFolder,
  readResults,
  upload,
  waitFor,
  waitForStatus,
} from './helpers.ts';

const slow = { validatingMs: 600_000, inProgressMs: 600_000, finalizingMs: 600_000, cancellingMs: 600_000 };

test.for(['validating', 'in_progress', 'finalizing', 'cancelling'] as const)(
  'a batch that is %s goes on after a restart, with its faults',
  async (status) => {
    await using folder = await createFolder();
    const start = async (durations: LocalProviderOptions['durations']) => {
      const provider = await startLocalProvider({ dataDir: folder.path, durations });
      return { provider, client: createClient(provider) };
    };
    const durationName = {
      validating: 'validatingMs',
      in_progress: 'inProgressMs',
      finalizing: 'finalizingMs',
    } as const;
    const first = await start(
      status === 'cancelling'
        ? { ...slow, validatingMs: 0, inProgressMs: 1000 }
        : { ...atOnce, [durationName[status]]: 600_000 },
    );
    first.provider.faults.add({ kind: 'row_fail', customId: 'r7' });
    const { id } = await createBatch(first.client, chatLines(40), { metadata: { kept: 'yes' } });
    if (status === 'cancelling') {
      const half = await waitFor(
        () => first.client.batches.retrieve(id),
        ({ request_counts }) => request_counts!.completed > 5,
      );
      expect(half.status).toBe('in_progress');
      await first.client.batches.cancel(id);
    }
    const before = await waitForStatus(first.client, id, status);
    await first.provider.close();

    const second = await start(atOnce);
    const batch = await waitForStatus(second.client, id);
    expect(batch).toMatchObject({ created_at: before.created_at, metadata: { kept: 'yes' } });
    expect(batch.status).toBe(status === 'cancelling' ? 'cancelled' : 'completed');
    const output = await readResults(second.client, batch.output_file_id);
    const errors = await readResults(second.client, batch.error_file_id);
    expect(new Set([...output, ...errors].map(({ custom_id }) => custom_id)).size).toBe(40);
    expect(output.length + errors.length).toBe(40);
    if (status !== 'cancelling') expect(errors.map(({ custom_id }) => custom_id)).toEqual(['r7']);
    expect((await second.client.files.list({ purpose: 'batch_output' })).data).toHaveLength(
      errors.length > 0 ? 2 : 1,
    );
    await second.provider.close();
  },
);

test('batches outlive the process being killed at any moment', async () => {
  await using folder = await createFolder();
  const args = ['--port', '0', '--data-dir', folder.path, '--api-key', 'k', '--duration-ms', '240'];
  const ids: string[] = [];
  for (let round = 0; round < 4; round++) {
    await using cli = await startCli(args);
    const client = createClient(cli);
    const file = await upload(client, chatLines(3000));
    const body = {
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    } as const;
    const { id } = await client.batches.create(body);
    ids.push(id);
    const moments = ['validating', 'in_progress', 'finalizing', 'completed'] as const;
    await waitForStatus(client, id, ...moments.slice(round));
    await cli.stop('SIGKILL');
  }
  await using cli = await startCli(args);
  const client = createClient(cli);
  for (const id of ids) {
    const batch = await waitForStatus(client, id);
    expect(batch).toMatchObject({
      status: 'completed',
      request_counts: { total: 3000, completed: 3000, failed: 0 },
    });
    const lines = await readResults(client, batch.output_file_id);
    expect(new Set(lines.map(({ custom_id }) => custom_id)).size).toBe(3000);
    expect(lines).toHaveLength(3000);
  }
  expect((await client.files.list({ purpose: 'batch_output' })).data).toHaveLength(ids.length);
});
