import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';

const ENV_FILE = '.env';
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '::1'];

const optionalText = z.string().optional();

const environmentSchema = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(5000),
    DATABASE_URL: z.string().startsWith('file:', 'must start with file:').default('file:./data/batches.db'),
    DATA_DIR: z.string().default('./data'),
    LOG_FILE: z.string().default('./logs/app.log'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    PROVIDER: z.enum(['openai', 'local']).optional(),
    OPENAI_API_KEY: optionalText,
    OPENAI_BASE_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .refine((url) => !/^\w+:\/\/[^/]*@/.test(url), {
        error: 'must not contain a name or password: use OPENAI_API_KEY',
      })
      .optional(),
    OPENAI_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{8,}={0,2}$/, 'must be the secret of a webhook endpoint: whsec_ and base64')
      .optional(),
    API_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  })
  .superRefine((environment, context) => {
    if (LOOPBACK_HOSTS.includes(environment.HOST) || environment.API_TOKEN) return;
    const message = `is ${environment.HOST}, which other machines can reach: set API_TOKEN as well, or use 127.0.0.1`;
    context.addIssue({ code: 'custom', path: ['HOST'], message });
  });

/** How the server runs; read once, at the start. */
export interface Config {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** `file:` URL of the SQLite database. */
  databaseUrl: string;
  /** Folder of the JSONL files, and of the local provider's state. */
  dataDir: string;
  logFile: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  provider: 'openai' | 'local';
  openaiApiKey: string | undefined;
  openaiBaseUrl: string | undefined;
  /** What webhooks are signed with; none is taken without it. */
  webhookSecret: string | undefined;
  /** Asked of every caller when set. */
  apiToken: string | undefined;
}

/** A setting that cannot be used. Its message names the variable and is meant for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Variables = Record<string, string | undefined>;

/** The variables of `.env` in the folder that the process works in; none where there is no such file. */
export function readEnvFile(): Variables {
  return existsSync(ENV_FILE) ? parseEnv(readFileSync(ENV_FILE, 'utf8')) : {};
}

/**
 * Reads the configuration from environment variables; earlier sources win. An empty variable counts as unset. A key
 * without `PROVIDER` means OpenAI, no key means the local provider.
 *
 * @throws {ConfigError} naming the first variable that is wrong
 */
export function readConfig(...sources: Variables[]): Config {
  const environment = Object.assign({}, ...sources.map(withoutEmpty).toReversed()) as Variables;
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${issue?.path.join('.')} ${lowerFirst(issue?.message ?? 'is not valid')}`);
  }
  const env = parsed.data;
  return {
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    logFile: env.LOG_FILE,
    logLevel: env.LOG_LEVEL,
    provider: env.PROVIDER ?? (env.OPENAI_API_KEY ? 'openai' : 'local'),
    openaiApiKey: env.OPENAI_API_KEY,
    openaiBaseUrl: env.OPENAI_BASE_URL,
    webhookSecret: env.OPENAI_WEBHOOK_SECRET,
    apiToken: env.API_TOKEN,
  };
}

function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
