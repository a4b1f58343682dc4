import { createWriteStream } from 'node:fs';
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';

import { startCli } from './cli-process.ts';
import { chatLine, createClient, createFolder, waitForStatus } from './helpers.ts';

const count = 20_000;

test('20,000 requests of 4 KB run in a process whose heap is smaller than the file', async () => {
  await using folder = await createFolder();
  const path = join(folder.path, 'input.jsonl');
  const padding = 'x'.repeat(4000);
  const lines = Readable.from(
    (function* () {
      for (let index = 0; index < count; index++) {
        const messages = [{ role: 'user', content: `${index} ${padding}` }];
        yield `${JSON.stringify(chatLine(`r${index}`, { messages }))}\n`;
      }
    })(),
  );
  await pipeline(lines, createWriteStream(path));

  const args = ['--port', '0', '--data-dir', join(folder.path, 'data'), '--duration-ms', '0'];
  await using cli = await startCli(args, { NODE_OPTIONS: '--max-old-space-size=64' });
  const client = createClient(cli);
  const file = await client.files.create({
    purpose: 'batch',
    file: new File([await openAsBlob(path)], 'input.jsonl'),
  });
  expect(file.bytes).toBeGreaterThan(80_000_000);
  const body = {
    input_file_id: file.id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
  } as const;
  const { id } = await client.batches.create(body);
  const batch = await waitForStatus(client, id);
  expect(batch).toMatchObject({
    status: 'completed',
    request_counts: { total: count, completed: count, failed: 0 },
  });

  const content = await client.files.content(batch.output_file_id!);
  const seen = new Set<string>();
  for await (const line of createInterface(Readable.fromWeb(content.body as never))) {
    const { custom_id, response } = JSON.parse(line);
    expect(response.body.choices[0].message.content).toContain(` ${custom_id.slice(1)} xxx`);
    seen.add(custom_id);
  }
  expect(seen.size).toBe(count);
});
