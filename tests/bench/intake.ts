import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from './bench-section.ts';
import { curl, curlOk } from './curl.ts';
import type { CurlAnswer } from './curl.ts';
import { describeIntake } from './describe-intake.ts';
import type { DoorFigures } from './describe-intake.ts';
import type { Door } from './doors.ts';
import { askDuring } from './latency.ts';
import { writeCreateBody, writeJsonl } from './make-input.ts';
import type { InputOptions } from './make-input.ts';
import { parseLines } from './parse-lines.ts';
import type { Line } from './report.ts';
import { startWorld } from './start-world.ts';
import type { World } from './start-world.ts';
import { watchServer } from './watch-server.ts';

/** Bytes of a request in a large, a medium and a small input of as many requests. */
const LARGE = 4_096;
const MEDIUM = 1_024;
const SMALL = 300;

/** Measures a door: time beside its yardstick, memory with large and medium inputs, pauses, and other callers. */
export async function measureDoor(bench: Bench, door: Door): Promise<Line[]> {
  if (!(await isOpen(bench, door))) {
    return [{ work: door.title, measured: 'the server answers 415', target: '', isMet: null }];
  }
  const small = await measureSize(bench, door, SMALL);
  const medium = await measureSize(bench, door, MEDIUM);
  const large = await measureSize(bench, door, LARGE);
  return describeIntake(door, { small, medium, large });
}

async function isOpen(bench: Bench, door: Door): Promise<boolean> {
  await using folder = await bench.makeFolder();
  await using world = await startWorld(folder.path);
  const input = await writeInput(folder.path, door, { run: 0, requests: 10, lineBytes: SMALL });
  const { status, body } = await curl(door.send(world.server.url, input.path));
  if (status !== 200 && status !== 415) throw new Error(`${door.title}: ${status} ${body}`);
  return status === 200;
}

async function measureSize(bench: Bench, door: Door, lineBytes: number): Promise<DoorFigures> {
  const { warmUps, runs, requests } = bench.scale;
  await using folder = await bench.makeFolder();
  await using world = await startWorld(folder.path);
  await world.provider.holdBatches();
  const watched = await makeSmallBatch(world);
  const watch = await watchServer(world.server.program);
  const seconds: number[] = [];
  const uploadSeconds: number[] = [];
  const parseSeconds: number[] = [];
  for (let run = 1; run <= warmUps + runs; run += 1) {
    const input = await writeInput(folder.path, door, { run, requests, lineBytes });
    const upload = await uploadToProvider(world, input.jsonl);
    const parse = parseLines(input.jsonl);
    const isWarmUp = run <= warmUps;
    const work = () => send(world, door, input.path);
    const answer = isWarmUp ? await work() : await watch.during(work);
    if (isWarmUp) continue;
    uploadSeconds.push(upload);
    parseSeconds.push(parse);
    seconds.push(answer.seconds);
  }
  // Other callers slow the work down, so they come in a run that is not timed.
  const input = await writeInput(folder.path, door, { run: warmUps + runs + 1, requests, lineBytes });
  const url = `${world.server.url}/api/batch/${watched}?refresh=false`;
  const latency = await watch.during(() => askDuring(url, () => send(world, door, input.path)));
  watch.stop();
  const { size: bytes } = await stat(input.jsonl);
  const server = { peakBytes: watch.peakAboveIdle(), pauseMs: watch.longestPauseMs() };
  return { bytes, seconds, uploadSeconds, parseSeconds, latency, ...server };
}

async function writeInput(
  folder: string,
  door: Door,
  options: InputOptions,
): Promise<{ path: string; jsonl: string }> {
  const jsonl = join(folder, 'input.jsonl');
  await writeJsonl(jsonl, options);
  if (door.body === 'jsonl') return { path: jsonl, jsonl };
  const path = join(folder, 'input.json');
  await writeCreateBody(path, options);
  return { path, jsonl };
}

/** What the doors answer. */
interface Created {
  file?: { id: string };
  batch?: { id: string; input_file_id: string };
}

/** Hands an input in; waits until the provider has nothing more to do with it. */
async function send(world: World, door: Door, path: string): Promise<CurlAnswer> {
  const answer = await curlOk(door.send(world.server.url, path));
  const { batch, file } = JSON.parse(answer.body) as Created;
  if (batch) await world.provider.waitUntilHeld(batch.id);
  // As the yardstick's file is: what has to be written to the disk still would slow down the runs to come.
  const sent = file?.id ?? batch?.input_file_id;
  if (sent !== undefined) await world.provider.call('DELETE', `/files/${sent}`);
  await rm(join(world.folder, 'data/inputs'), { recursive: true, force: true });
  return answer;
}

async function uploadToProvider({ provider }: World, path: string): Promise<number> {
  const form = ['-F', 'purpose=batch', '-F', `file=@${path}`];
  const { seconds, body } = await curlOk([...provider.authorization, ...form, `${provider.url}/files`]);
  const { id } = JSON.parse(body) as { id: string };
  await provider.call('DELETE', `/files/${id}`);
  return seconds;
}

async function makeSmallBatch(world: World): Promise<string> {
  const path = join(world.folder, 'small.json');
  await writeCreateBody(path, { run: 999, requests: 10, lineBytes: SMALL });
  const create = ['-H', 'content-type: application/json', '--data-binary', `@${path}`];
  const { body } = await curlOk([...create, `${world.server.url}/api/batch/create`]);
  const { batch } = JSON.parse(body) as { batch: { id: string } };
  await world.provider.waitUntilHeld(batch.id);
  return batch.id;
}
