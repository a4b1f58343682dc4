// The server, dying as in a power cut when it comes to a step for the n-th time: DIE_AT, and DIE_ON, 1 if left out.
import { flushCompileCache } from 'node:module';
import { readConfig, startServer } from '@batchdesk/server/testing';

const { DIE_AT, DIE_ON = '1', ...env } = process.env;
let left = Number(DIE_ON);

const { url, provider } = await startServer(readConfig(env), {
  onStep(step) {
    if (step === DIE_AT && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
// What it compiled is kept for the next: killed, it does not come to that.
flushCompileCache();
process.stdout.write(`Batchdesk is at ${url}\nProvider: ${provider.name}\n`);
