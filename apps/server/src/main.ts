import closeWithGrace from 'close-with-grace';
import { ConfigError, readConfig, readEnvFile } from './config.ts';
import { startServer } from './start-server.ts';
import type { RunningServer } from './start-server.ts';

try {
  // What the shell sets wins over the file, as everywhere.
  const server = await startServer(readConfig(process.env, readEnvFile()));
  announce(server);
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err) server.log.fatal({ err }, 'an error that nobody caught ends the server');
    await server.close();
  });
} catch (error) {
  console.error(`Batchdesk cannot start: ${explain(error)}`);
  process.exit(1);
}

function announce({ url, provider }: RunningServer): void {
  const { port, hostname } = new URL(url);
  const address = hostname === '127.0.0.1' ? `http://localhost:${port}` : url;
  console.log(`Batchdesk is at ${address}`);
  if (provider.name === 'local') {
    console.log(
      'Provider: local, built in. Its answers are made here; no model is called. For OpenAI, set OPENAI_API_KEY in .env and restart.',
    );
  } else if (provider.ready) {
    console.log(`Provider: openai, at ${provider.baseUrl}`);
  } else {
    console.log('Provider: openai, but API key not configured: set OPENAI_API_KEY in .env and restart.');
  }
}

/** One line for the person who starts the server. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, path, port, message } = error as NodeJS.ErrnoException & { port?: number };
  switch (code) {
    case 'EBUSY':
      return `another Batchdesk works on the same data (${path}). Stop it, or set DATA_DIR and DATABASE_URL to others.`;
    case 'EADDRINUSE':
      return `port ${port} is in use. Stop what uses it, or set PORT to another one.`;
    case 'EADDRNOTAVAIL':
      return 'HOST is not an address of this machine. Use 127.0.0.1.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${path ?? 'the address'} cannot be written or used: permission denied. Check DATA_DIR, DATABASE_URL and LOG_FILE.`;
    case 'EISDIR':
      return `${path} is a folder, not a file. Check DATABASE_URL, LOG_FILE and .env.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path} is not a folder. Check DATA_DIR, DATABASE_URL and LOG_FILE.`;
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_NOTADB':
      return `the database cannot be opened or written (${message}). Check DATABASE_URL.`;
    default:
      return message;
  }
}
