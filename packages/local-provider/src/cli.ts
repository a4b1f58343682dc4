#!/usr/bin/env node
import { helpText, parseCliOptions } from './cli-options.ts';
import { startLocalProvider } from './start-local-provider.ts';

/** Runs the command line: prints the URL and the key once it listens, and closes cleanly on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const request = parseCliOptions(process.argv.slice(2), process.env);
  if (request.kind === 'help') {
    console.log(helpText);
    return;
  }
  const provider = await startLocalProvider(request.options);
  const stop = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    provider.close().catch(fail);
  };
  // Before the lines are printed: whoever waits for them may send a signal at once.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  console.log(`OPENAI_BASE_URL=${provider.url}\nOPENAI_API_KEY=${provider.apiKey}`);
}

function fail(error: unknown): void {
  console.error(`batchdesk-local-provider: ${describe(error)}`);
  process.exitCode = 1;
}

function describe(error: unknown): string {
  const { code, message, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${address} is in use already. Choose another one with --port.`;
  const [firstLine = ''] = message.split('\n');
  return firstLine;
}

main().catch(fail);
