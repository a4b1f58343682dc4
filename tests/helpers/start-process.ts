import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import flags from '../../scripts/server-flags.json' with { type: 'json' };

const MAIN = join(import.meta.dirname, '../../apps/server/src/main.ts');

/** A server in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  url: string;
  /** All that it printed. */
  output(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end; its exit code. */
  terminate(): Promise<number | null>;
  /** Settles when it has ended, however it did. */
  ended: Promise<unknown>;
}

/** What to start, and what it may not go beyond. */
export interface ProcessOptions {
  /** Another program than the server's own. */
  main?: string;
  /** Bytes of the largest file that it may write. */
  maxFileBytes?: number;
}

/** How a process that could not start ended. */
export interface FailedStart {
  code: number | null;
  stderr: string;
}

/** Starts the server's program in `folder` and waits until it says where it is. */
export async function startProcess(
  folder: string,
  env: Record<string, string> = {},
  options: ProcessOptions = {},
): Promise<ServerProcess> {
  const { child, output } = launch(folder, env, options);
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', () => {
      const match = /Batchdesk is at (\S+)\nProvider: .*\n/.exec(output());
      if (match) resolve(match[1]!);
    });
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}: ${output()}`)));
  });
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  };
  return {
    url: address.replace('localhost', '127.0.0.1'),
    output,
    ended: exited,
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await end('SIGKILL');
    },
  };
}

/** Starts the server's program where it cannot start. */
export async function failToStart(folder: string, env: Record<string, string>): Promise<FailedStart> {
  const { child, output, errors } = launch(folder, env);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) throw new Error(`It started: ${output()}`);
  return { code, stderr: errors() };
}

function launch(
  folder: string,
  env: Record<string, string>,
  { main = MAIN, maxFileBytes }: ProcessOptions = {},
) {
  // Only what the test says: a key or a port of whoever runs the tests must not get in.
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const environment = { PATH, NODE_COMPILE_CACHE, PORT: '0', LOG_LEVEL: 'warn', ...env };
  const command = [process.execPath, ...flags, main];
  if (maxFileBytes !== undefined) {
    // The shell counts in blocks of 512 bytes.
    command.unshift('/bin/sh', '-c', `ulimit -f ${Math.floor(maxFileBytes / 512)} && exec "$0" "$@"`);
  }
  const child: ChildProcess = spawn(command[0]!, command.slice(1), { cwd: folder, env: environment });
  let stdout = '';
  let stderr = '';
  child.stdout!.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { child, output: () => stdout + stderr, errors: () => stderr };
}
