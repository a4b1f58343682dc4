import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { waitFor } from '../helpers/wait-for.ts';
import { env } from './packed-package.ts';

/** Starts the command of the installed local provider and waits for its two lines. */
export async function startBinary(folder: string) {
  const command = join(folder, 'node_modules/.bin/batchdesk-local-provider');
  const args = ['--port', '0', '--data-dir', 'binary-state'];
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  async function stop() {
    child.kill('SIGKILL');
    await closed;
  }
  try {
    await waitFor(
      () => printed,
      ({ stdout, stderr }) => stdout.split('\n').length > 2 || stderr !== '',
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(printed.stdout)?.[1] ?? '';
  return {
    url: value('OPENAI_BASE_URL'),
    apiKey: value('OPENAI_API_KEY'),
    /** Sends a signal; what the process printed and how it ended. */
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      const [exitCode] = await closed;
      return { exitCode, ...printed };
    },
    [Symbol.asyncDispose]: stop,
  };
}
