import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What came of a call. */
export interface CurlAnswer {
  status: number;
  /** From the beginning of the call to its end, and to the first byte of the answer. */
  seconds: number;
  firstByteSeconds: number;
  bytes: number;
  /** Empty when it was thrown away. */
  body: string;
}

const run = promisify(execFile);
const FIGURES = '\n%{http_code} %{time_total} %{time_starttransfer} %{size_download}';

/** Makes one call in a process of its own, which measures it. */
export async function curl(args: readonly string[]): Promise<CurlAnswer> {
  const { stdout } = await run('curl', ['-sS', '-w', FIGURES, ...args]);
  const end = stdout.lastIndexOf('\n');
  const [status = 0, seconds = 0, firstByteSeconds = 0, bytes = 0] = stdout.slice(end).split(' ').map(Number);
  return { status, seconds, firstByteSeconds, bytes, body: stdout.slice(0, end) };
}

/** The same for a call that has to succeed. Throws an Error with the answer when it does not. */
export async function curlOk(args: readonly string[]): Promise<CurlAnswer> {
  const answer = await curl(args);
  if (answer.status !== 200) throw new Error(`curl ${args.join(' ')}: ${answer.status} ${answer.body}`);
  return answer;
}
