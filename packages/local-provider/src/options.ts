import * as z from 'zod';

import type { Durations } from './batches/advance-batch.ts';

/** How to start a local provider. */
export interface LocalProviderOptions {
  /** The folder for files and batches; made if needed. One provider at a time may use it. */
  dataDir: string;
  /** The only key that is accepted. A random `sk-local-…` if not given. */
  apiKey?: string | undefined;
  /** Where to listen: 127.0.0.1 if not given. Any address beyond loopback needs an `apiKey`. */
  host?: string | undefined;
  /** 0, or not given: any free port. */
  port?: number | undefined;
  /** How long batches stay in each status; about 4 seconds in all if not given. */
  durations?: Partial<Durations> | undefined;
  /** How long the completion window of "24h" really is; 24 hours if not given. */
  completionWindowMs?: number | undefined;
  /** Room for the batches of one model, in tokens (a quarter of the input's bytes). No limit if not given. */
  enqueuedTokenLimit?: number | undefined;
  /** Whether faults can be scripted over HTTP; false if not given. */
  control?: boolean | undefined;
}

const milliseconds = z.number().min(0);

const optionsSchema = z.strictObject({
  dataDir: z.string().min(1),
  apiKey: z.string().min(1).optional(),
  host: z.string().min(1).default('127.0.0.1'),
  port: z.number().int().min(0).max(65_535).default(0),
  durations: z
    .strictObject({
      validatingMs: milliseconds.default(500),
      inProgressMs: milliseconds.default(3000),
      finalizingMs: milliseconds.default(500),
      cancellingMs: milliseconds.default(500),
    })
    .prefault({}),
  completionWindowMs: milliseconds.default(24 * 3600 * 1000),
  enqueuedTokenLimit: z.number().min(0).optional(),
  control: z.boolean().default(false),
});

/** Checks options and fills in the defaults. Throws an Error that names each option that is wrong. */
export function parseOptions(options: LocalProviderOptions) {
  const { success, data, error } = optionsSchema.safeParse(options);
  if (!success) throw new Error(`Local provider: ${error.issues.map(describe).join('; ')}`);
  if (!isLoopback(data.host) && data.apiKey === undefined) {
    throw new Error(
      `Local provider: listening on ${data.host}, beyond this machine, needs an API key of your own.`,
    );
  }
  return data;
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.') || 'options'}: ${message}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
