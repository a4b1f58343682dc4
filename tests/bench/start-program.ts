import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ATTACH = join(import.meta.dirname, 'attach.ts');
/** Milliseconds that a program gets to end by itself. */
const GRACE_MS = 15_000;

/** A program in a process of its own. It ends with this one, however this one ends. */
export interface Program extends AsyncDisposable {
  pid: number;
  /** What it printed when it was ready, cut by the groups of `ready`. */
  groups: readonly string[];
  /** Sends a message; the answer of the program's part of the benchmarks. */
  ask<T>(message: string): Promise<T>;
}

/** What to start, and how. */
export interface ProgramOptions {
  args?: readonly string[];
  /** For Node itself. */
  flags?: readonly string[];
  env?: Record<string, string>;
  cwd?: string;
  /** Matches what it prints when it is ready. */
  ready: RegExp;
}

/** Starts a TypeScript program with nothing of our environment and waits until it is ready. */
export async function startProgram(path: string, options: ProgramOptions): Promise<Program> {
  const { args = [], flags = [], env, cwd, ready } = options;
  const child = spawn(process.execPath, [...flags, '--import', ATTACH, path, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const kill = () => child.kill('SIGKILL');
  process.prependListener('exit', kill);
  const exited = once(child, 'exit').finally(() => process.off('exit', kill));
  let output = '';
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    // Read on to the end: a full pipe would hold the program up.
    child.stdout!.on('data', (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-10_000);
      const found = ready.exec(output);
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${path} ended with ${code}: ${output}`)));
  });
  return {
    pid: child.pid!,
    groups: match.slice(1),
    async ask<T>(message: string) {
      const answer = once(child, 'message');
      child.send(message);
      const ended = exited.then(() => Promise.reject(new Error(`${path} ended before it answered.`)));
      const [value] = await Promise.race([answer, ended]);
      return value as T;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, GRACE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
