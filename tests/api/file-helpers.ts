import type { FileView } from '@batchdesk/shared';
import { answerOf, file, form } from '../helpers/http.ts';
import { untilEnded } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { runToEnd } from '../helpers/results.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createClient } from '../local-provider/helpers.ts';
import type { FileClient } from './file-clients.ts';
import { errorOf } from './transports.ts';

export const endpoint = '/v1/chat/completions';
const FAILS = {
  kind: 'row_fail',
  customId: 'request-2',
  statusCode: 400,
  code: 'too_long',
  times: 1,
} as const;
const DAY = 24 * 60 * 60;

/** Runs a batch of three requests, one of which fails, to the end of its job. Returns the job and its files by role. */
export async function run(server: TestServer, api: FileClient) {
  server.local.faults.add(FAILS);
  const batchId = await runToEnd(server, 3);
  const { job_id: jobId } = await server.db.batch.findUniqueOrThrow({ where: { id: batchId } });
  await untilEnded(server, jobId);
  const files = byRole((await api.list({ job_id: jobId })).data);
  return { batchId, jobId, ...files };
}

function byRole(files: FileView[]) {
  const ofRole = (role: string) => files.find((one) => one.role === role)!;
  return { input: ofRole('input'), output: ofRole('output'), error: ofRole('error') };
}

export async function find(api: FileClient, id: string): Promise<FileView | undefined> {
  return (await api.list({ q: id })).data.find((one) => one.id === id);
}

/** The ids of the files that the provider has. */
export async function filesAtProvider({ local }: TestServer): Promise<string[]> {
  const list = await createClient(local).files.list({ limit: 10_000 });
  return list.data.map(({ id }) => id);
}

export async function upload(server: TestServer, name = 'mine.jsonl', count = 2): Promise<string> {
  const body = form([['file', file(toJsonl(chatRequests(count))), name]]);
  const answer = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  return answer.body.file.id;
}

export async function makeOld(server: TestServer, id: string): Promise<void> {
  const created_at = Math.floor(Date.now() / 1000) - DAY - 1;
  await server.db.batchFile.update({ where: { id }, data: { created_at } });
}

export async function code(call: Promise<unknown>): Promise<string> {
  const { status, error } = await errorOf(call);
  return `${status} ${error.code}`;
}
