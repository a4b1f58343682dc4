import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failToStart, startProcess } from '../helpers/start-process.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test('a port in use is one clear line', async () => {
  await using folder = await temporaryFolder();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await failToStart(folder.path, { PORT: String(port) });
  expect(code).toBe(1);
  expect(stderr).toBe(
    `Batchdesk cannot start: port ${port} is in use. Stop what uses it, or set PORT to another one.\n`,
  );
  other.close();
});

test.each([
  ['PORT', 'eighty'],
  ['PROVIDER', 'azure'],
  ['OPENAI_BASE_URL', 'not a url'],
  ['OPENAI_BASE_URL', 'http://user:password@example.com/v1'],
  ['DATABASE_URL', 'postgres://x'],
  ['HOST', '0.0.0.0'],
])('a wrong %s is one clear line that names it', async (name, value) => {
  await using folder = await temporaryFolder();
  const { code, stderr } = await failToStart(folder.path, { [name]: value });
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^Batchdesk cannot start: ${name} [^\\n]+\\n$`));
});

// Permissions do not stop root, a file in the place of a folder does.
test.each([
  ['DATA_DIR', 'taken'],
  ['LOG_FILE', 'taken/app.log'],
  ['LOG_FILE', 'folder-taken'],
  ['DATABASE_URL', 'file:taken/batches.db'],
])('a %s that cannot be made is one clear line', async (name, value) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'taken'), 'a file');
  await mkdir(join(folder.path, 'folder-taken'));
  const { code, stderr } = await failToStart(folder.path, { [name]: value });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Batchdesk cannot start: [^\n]*taken[^\n]* Check [^\n]+\n$/);
});

test('a database that is none is one clear line', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'data'));
  await writeFile(
    join(folder.path, 'data/batches.db'),
    'this is no database, and long enough to be read as one',
  );
  const { code, stderr } = await failToStart(folder.path, {});
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Batchdesk cannot start: the database [^\n]+\n$/);
});

test('.env is read, the environment wins over it', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, '.env'), 'PROVIDER=openai\nDATA_DIR=./from-env-file\nOPENAI_API_KEY=\n');
  await using server = await startProcess(folder.path);
  expect(server.output()).toContain('API key not configured');
  await server.terminate();
  await using local = await startProcess(folder.path, { PROVIDER: 'local' });
  expect(local.output()).toContain('Provider: local');
});

test('a second server on the same data is refused, and the first goes on', async () => {
  await using folder = await temporaryFolder();
  await using first = await startProcess(folder.path);
  const { code, stderr } = await failToStart(folder.path, {});
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Batchdesk cannot start: another Batchdesk works on the same data [^\n]+\n$/);
  expect((await fetch(`${first.url}/api/health`)).status).toBe(200);
});
