// The thread that checks inputs: parsing 200 MB of JSON would hold up everything else in the main one.
import { parentPort } from 'node:worker_threads';
import type { ScanAnswer, ScanMessage } from './scan-messages.ts';
import { startScan } from './scan.ts';
import type { Scan } from './scan.ts';

const port = parentPort;
if (!port) throw new Error('This runs as a worker thread only.');

const scans = new Map<number, Scan>();

port.on('message', (message: ScanMessage) => {
  const { kind, scan: id } = message;
  if (kind === 'open') {
    scans.set(id, startScan(message.settings));
    return;
  }
  if (kind === 'drop') {
    scans.delete(id);
    return;
  }
  const scan = scans.get(id);
  if (!scan) throw new Error(`The scan ${id} was never opened.`);
  scan.writeTo(new Uint8Array(message.output));
  if (kind === 'block') scan.feed(new Uint8Array(message.input.memory, 0, message.input.length));
  const facts = kind === 'finish' ? { facts: scan.finish(message.endpoint) } : {};
  const answer: ScanAnswer = { scan: id, isTooLarge: scan.isTooLarge, ...facts, ...scan.takeOutput() };
  port.postMessage(answer);
});
