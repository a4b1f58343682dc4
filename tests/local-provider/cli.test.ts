import { expect, test } from 'vitest';

import { runCli, startCli } from './cli-process.ts';
import { chatLines, createClient, createFolder, runBatch } from './helpers.ts';

test('the command line starts a provider and closes it on a signal', async () => {
  await using folder = await createFolder();
  const args = ['--port', '0', '--data-dir', folder.path, '--duration-ms', '80', '--control'];
  await using cli = await startCli(args, { LOCAL_PROVIDER_API_KEY: 'from-env' });
  expect(cli.apiKey).toBe('from-env');
  const client = createClient(cli);
  expect((await runBatch(client, chatLines(3))).status).toBe('completed');
  const control = await fetch(new URL('/control/calls', cli.url), {
    headers: { authorization: 'Bearer from-env' },
  });
  expect(control.status).toBe(200);

  const taken = await runCli(['--port', new URL(cli.url).port, '--data-dir', folder.path]);
  expect(taken).toMatchObject({ exitCode: 1, stdout: '' });
  expect(taken.stderr).toMatch(
    /^batchdesk-local-provider: Port \d+ on 127\.0\.0\.1 is in use already\..*\n$/,
  );
  expect(await cli.stop('SIGTERM')).toBe(0);
});

test.for([
  [['--nothing'], /--nothing/],
  [['--port', 'abc'], /--port must be a whole number/],
  [['--duration-ms', '-1'], /--duration-ms/],
  [['--host', '0.0.0.0'], /needs an API key/],
] as const)('%s is refused with one line', async ([args, message]) => {
  await using folder = await createFolder();
  const { exitCode, stderr } = await runCli([...args, '--data-dir', folder.path], {
    LOCAL_PROVIDER_API_KEY: '',
  });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('help names every flag', async () => {
  const { exitCode, stdout } = await runCli(['--help']);
  expect(exitCode).toBe(0);
  for (const flag of [
    'port',
    'host',
    'data-dir',
    'api-key',
    'duration-ms',
    'enqueued-token-limit',
    'control',
  ]) {
    expect(stdout).toContain(`--${flag}`);
  }
});
