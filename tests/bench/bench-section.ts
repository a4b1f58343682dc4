import type { Line } from './report.ts';
import type { Scale } from './scale.ts';

/** What a section of the benchmarks works with. */
export interface Bench {
  scale: Scale;
  /** An empty folder for one world, gone with it. */
  makeFolder(): Promise<AsyncDisposable & { path: string }>;
}

/** A part of the benchmarks that can be run alone. */
export type Section = (bench: Bench) => Promise<Line[]>;
