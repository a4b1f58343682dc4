import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cliPath = fileURLToPath(new URL('../../packages/local-provider/src/cli.ts', import.meta.url));

function spawnCli(args: string[], env: Record<string, string>) {
  return spawn(process.execPath, [cliPath, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the command line to its end. */
export async function runCli(args: string[], env: Record<string, string> = {}) {
  const child = spawnCli(args, env);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  const [exitCode] = (await closed) as [number | null];
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** Starts the command line and waits for its two lines; what is still running is killed with `await using`. */
export async function startCli(args: string[], env: Record<string, string> = {}) {
  const child = spawnCli(args, env);
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const found = new Map<string, string>();
  for await (const line of createInterface(child.stdout)) {
    const [name = '', value = ''] = line.split('=', 2);
    found.set(name, value);
    if (found.size === 2) break;
  }
  return {
    url: found.get('OPENAI_BASE_URL') ?? '',
    apiKey: found.get('OPENAI_API_KEY') ?? '',
    /** Sends a signal and waits for the process to end. */
    async stop(signal: NodeJS.Signals) {
      child.kill(signal);
      const [exitCode] = await exited;
      return exitCode;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
