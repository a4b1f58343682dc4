import { basename, dirname } from 'node:path';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { createStream } from 'rotating-file-stream';
import type { Config } from '../config.ts';

/** What looks like an OpenAI key, whoever put it into a message. */
const KEY_PATTERN = /\bsk-[\w-]{8,}/g;
const REDACTED = '[redacted]';

/** A logger that can be told more secrets once they are known. */
export interface ServerLogger {
  log: Logger;
  /** Keeps this text out of every line from now on. */
  addSecret(secret: string): void;
  /** Writes what is left and closes the file. */
  close(): Promise<void>;
}

/**
 * Logs JSON lines to a file that is rotated at 10 MB (five are kept) and to stdout.
 *
 * @throws {Error} when the folder cannot be made or the file cannot be written
 */
export function createLogger({ logFile, logLevel }: Pick<Config, 'logFile' | 'logLevel'>): ServerLogger {
  const path = dirname(logFile);
  mkdirSync(path, { recursive: true });
  closeSync(openSync(logFile, 'a'));
  const file = createStream(basename(logFile), { path, size: '10M', maxFiles: 5 });
  const secrets: string[] = [];
  const redact = (line: string) =>
    secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), line).replace(KEY_PATTERN, REDACTED);
  const log = pino(
    {
      level: logLevel,
      base: null,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'err.headers', 'err.cause.headers'],
      hooks: { streamWrite: redact },
    },
    pino.multistream([
      { stream: process.stdout, level: logLevel },
      { stream: file, level: logLevel },
    ]),
  );
  // A disk that fills up while the server runs must not end it: stdout still has the lines.
  file.on('error', (error) => process.stderr.write(`The log file cannot be written: ${error.message}\n`));
  return {
    log,
    addSecret: (secret) => void secrets.push(secret),
    close: () => new Promise((resolve) => void file.end(resolve)),
  };
}
