import { parseArgs } from 'node:util';

import type { LocalProviderOptions } from './options.ts';

/** What `--help` prints. */
export const helpText = `batchdesk-local-provider: an OpenAI-compatible server for files and batches, on your machine.
It calls no model: answers are made up from the requests.

  --port <n>                  port to listen on (default 8089; 0 for any free port)
  --host <address>            address to listen on (default 127.0.0.1); beyond loopback only with an API key
  --data-dir <folder>         where files and batches are kept (default ./local-provider-data)
  --api-key <key>             key to accept (default: LOCAL_PROVIDER_API_KEY, else a random one)
  --duration-ms <n>           how long a batch takes in all, in milliseconds (default about 4000)
  --enqueued-token-limit <n>  room for the batches of one model, in tokens (default: no limit)
  --control                   let faults be scripted over HTTP, under /control
  --help                      print this`;

/** What the command line asks for. */
export type CliRequest = { kind: 'help' } | { kind: 'start'; options: LocalProviderOptions };

/** Reads the command line. Throws an Error with one clear line if something in it is wrong. */
export function parseCliOptions(args: string[], env: Record<string, string | undefined>): CliRequest {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '8089' },
      host: { type: 'string' },
      'data-dir': { type: 'string', default: './local-provider-data' },
      'api-key': { type: 'string' },
      'duration-ms': { type: 'string' },
      'enqueued-token-limit': { type: 'string' },
      control: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return { kind: 'help' };
  const durationMs = readNumber('--duration-ms', values['duration-ms']);
  return {
    kind: 'start',
    options: {
      port: readNumber('--port', values.port, 65_535),
      host: values.host,
      dataDir: values['data-dir'],
      apiKey: values['api-key'] || env.LOCAL_PROVIDER_API_KEY || undefined,
      durations: durationMs === undefined ? undefined : splitDuration(durationMs),
      enqueuedTokenLimit: readNumber('--enqueued-token-limit', values['enqueued-token-limit']),
      control: values.control,
    },
  };
}

function splitDuration(totalMs: number) {
  const eighthMs = totalMs / 8;
  return {
    validatingMs: eighthMs,
    inProgressMs: 6 * eighthMs,
    finalizingMs: eighthMs,
    cancellingMs: eighthMs,
  };
}

function readNumber(
  flag: string,
  text: string | undefined,
  max = Number.MAX_SAFE_INTEGER,
): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (number <= max) return number;
  throw new Error(
    `${flag} must be a whole number${max === 65_535 ? ' from 0 to 65535' : ''}, not '${text}'.`,
  );
}
