import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startLocalProvider } from '@batchdesk/local-provider';
import type { LocalProvider, LocalProviderOptions } from '@batchdesk/local-provider';
import { readConfig, startServer } from '@batchdesk/server/testing';
import type { RunningServer, Step } from '@batchdesk/server/testing';
import { startProcess } from '../helpers/start-process.ts';
import type { ServerProcess } from '../helpers/start-process.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const DOOMED = join(import.meta.dirname, 'doomed-server.ts');
/** Milliseconds before a call is made again that was not acknowledged. */
const REPEAT_MS = 150;

/** A place to kill servers in: one data folder, and a provider that lives on. */
export interface KillWorld extends AsyncDisposable {
  folder: string;
  local: LocalProvider;
  /** Where the server is that was started last: elsewhere each time. */
  url(): string;
  /** Starts a server in a process of its own, to be killed; one that dies at a step if one is named. */
  start(doom?: Doom): Promise<ServerProcess>;
  /** Starts a server in this process, which goes on to the end. */
  startHere(): Promise<void>;
}

/** Where a server dies: when it comes to a step for the `occurrence`-th time. */
export interface Doom {
  step: Step;
  occurrence: number;
}

/** A call that makes a job, repeated with its key until it is acknowledged. */
export interface Call {
  key: string;
  /** `job`: POST /api/jobs; `batch`: POST /api/batch/create. */
  kind: 'job' | 'batch';
  customIds: string[];
  body: string;
  /** The job, once acknowledged. */
  job_id?: string;
  /** What the server said last, if it was no acknowledgement. */
  refusal?: string;
}

/** Opens a world in a folder of its own. */
export async function openKillWorld(
  durations: NonNullable<LocalProviderOptions['durations']>,
): Promise<KillWorld> {
  const folder = await temporaryFolder();
  const local = await startLocalProvider({ dataDir: join(folder.path, 'provider'), durations });
  const env = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
  let current: ServerProcess | undefined;
  let here: RunningServer | undefined;
  return {
    folder: folder.path,
    local,
    url() {
      const server = here ?? current;
      if (!server) throw new Error('No server was started.');
      return server.url;
    },
    async start(doom) {
      const fate: Record<string, string> = doom ? { DIE_AT: doom.step, DIE_ON: String(doom.occurrence) } : {};
      current = await startProcess(folder.path, { ...env, ...fate }, doom ? { main: DOOMED } : {});
      return current;
    },
    async startHere() {
      const data = join(folder.path, 'data');
      const paths = { DATA_DIR: data, DATABASE_URL: `file:${join(data, 'batches.db')}` };
      const log = { LOG_FILE: join(folder.path, 'logs/app.log'), LOG_LEVEL: 'error' };
      here = await startServer(readConfig({ ...env, ...paths, ...log, PORT: '0' }));
    },
    async [Symbol.asyncDispose]() {
      await here?.close();
      await current?.[Symbol.asyncDispose]();
      await local.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** What a call asks for. Custom ids begin with its key: no two calls share one. `suffix` may mark single requests. */
export function newCall(
  key: string,
  kind: Call['kind'],
  { requests, models, suffix }: { requests: number; models: number; suffix: (index: number) => string },
): Call {
  const lines = Array.from({ length: requests }, (_, index) => {
    const custom_id = `${key}-${index}${suffix(index)}`;
    const model = ['gpt-4o-mini', 'gpt-4o'][index % models];
    const body = { model, messages: [{ role: 'user', content: `What is ${custom_id}?` }] };
    return { custom_id, method: 'POST', url: '/v1/chat/completions', body };
  });
  const fields = { endpoint: '/v1/chat/completions', metadata: { call: key }, requests: lines };
  const named = kind === 'job' ? { ...fields, name: key } : fields;
  return {
    key,
    kind,
    customIds: lines.map(({ custom_id }) => custom_id),
    body: JSON.stringify(named),
  };
}

/** Makes a call once; whether it was acknowledged. */
export async function send(world: KillWorld, call: Call): Promise<boolean> {
  const path = call.kind === 'job' ? '/api/jobs' : '/api/batch/create';
  try {
    const answer = await fetch(world.url() + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': call.key },
      body: call.body,
    });
    const { job, batch, error }: any = await answer.json();
    if (answer.ok) {
      call.job_id = job?.id ?? batch.job_id;
      return true;
    }
    call.refusal = `${answer.status} ${JSON.stringify(error)}`;
  } catch (error) {
    // The server died before it answered, or while it did.
    call.refusal = String(error);
  }
  return false;
}

/** Makes a call again and again until it is acknowledged. */
export async function sendUntilAcknowledged(world: KillWorld, call: Call, deadlineMs: number): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await send(world, call))) {
    if (Date.now() > end)
      throw new Error(`${call.key} was not acknowledged in ${deadlineMs} ms: ${call.refusal}`);
    await delay(REPEAT_MS);
  }
}

/** Waits until every acknowledged job has ended. Returns the keys of those that have not by then. */
export async function waitForEnds(
  world: KillWorld,
  calls: readonly Call[],
  deadlineMs: number,
): Promise<string[]> {
  const end = Date.now() + deadlineMs;
  let open = calls.filter(({ job_id }) => job_id !== undefined);
  while (open.length > 0 && Date.now() < end) {
    const statuses = await Promise.all(open.map((call) => statusOf(world, call)));
    open = open.filter((_, index) => statuses[index] !== 'completed' && statuses[index] !== 'cancelled');
    if (open.length > 0) await delay(200);
  }
  return open.map(({ key }) => key);
}

async function statusOf(world: KillWorld, { job_id }: Call): Promise<string> {
  const answer = await fetch(`${world.url()}/api/jobs/${job_id}`);
  const { job } = (await answer.json()) as { job?: { status: string } };
  return job?.status ?? 'unknown';
}
