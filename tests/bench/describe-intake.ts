import type { Door } from './doors.ts';
import type { Latency } from './latency.ts';
import { megabytes, milliseconds, pace } from './report.ts';
import type { Line } from './report.ts';
import { median } from './statistics.ts';

/** What was measured at a door with inputs of one size. */
export interface DoorFigures {
  bytes: number;
  seconds: number[];
  uploadSeconds: number[];
  parseSeconds: number[];
  pauseMs: number;
  peakBytes: number;
  latency: Latency;
}

const MAX_PEAK_BYTES = 150e6;
const MAX_PAUSE_MS = 50;

/** The lines of a door. */
export function describeIntake(
  { title, maxRatio }: Door,
  { small, medium, large }: Record<'small' | 'medium' | 'large', DoorFigures>,
): Line[] {
  const seconds = median(large.seconds);
  const upload = median(large.uploadSeconds);
  const parse = median(large.parseSeconds);
  const ratio = seconds / (upload + parse);
  const growth = medium.peakBytes / large.peakBytes;
  const { latency, pauseMs } = large;
  const smallYardstick = `${median(small.uploadSeconds).toFixed(2)} s + ${median(small.parseSeconds).toFixed(2)} s`;
  return [
    {
      work: `${title}, ${megabytes(large.bytes)}`,
      measured: pace(seconds, large.bytes),
      yardstick: `${upload.toFixed(2)} s + ${parse.toFixed(2)} s`,
      ratio,
      target: `<= ${maxRatio}`,
      isMet: ratio <= maxRatio,
    },
    {
      work: `${title}, ${megabytes(small.bytes)} of as many requests`,
      measured: pace(median(small.seconds), small.bytes),
      yardstick: smallYardstick,
      ratio: median(small.seconds) / (median(small.uploadSeconds) + median(small.parseSeconds)),
      target: '',
      isMet: null,
    },
    {
      work: `${title}: peak memory above idle`,
      measured: megabytes(large.peakBytes),
      target: `<= ${megabytes(MAX_PEAK_BYTES)}`,
      isMet: large.peakBytes <= MAX_PEAK_BYTES,
    },
    {
      work: `${title}: peak memory above idle, ${megabytes(medium.bytes)}`,
      measured: megabytes(medium.peakBytes),
      yardstick: megabytes(large.peakBytes),
      ratio: growth,
      target: '0.8 to 1.2',
      isMet: growth >= 0.8 && growth <= 1.2,
    },
    {
      work: `${title}: longest pause of the event loop`,
      measured: milliseconds(pauseMs),
      target: `<= ${MAX_PAUSE_MS} ms`,
      isMet: pauseMs <= MAX_PAUSE_MS,
    },
    {
      work: `${title}: GET of a batch meanwhile, p99`,
      measured: `${milliseconds(latency.p99)} (p50 ${milliseconds(latency.p50)}, max ${milliseconds(latency.max)})`,
      target: `<= ${MAX_PAUSE_MS} ms`,
      isMet: latency.p99 <= MAX_PAUSE_MS,
    },
  ];
}
