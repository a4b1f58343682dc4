/** How much a run of the benchmarks does. */
export interface Scale {
  /** Requests of 4 KB in a large and in a medium input. */
  largeRequests: number;
  mediumRequests: number;
  /** Requests of 300 bytes in a batch whose results are collected, downloaded and paged through. */
  resultRequests: number;
  /** Batches in a large and in a very large database. */
  batches: number;
  manyBatches: number;
  warmUps: number;
  /** Runs whose median counts. */
  runs: number;
  /** Calls of each kind whose percentiles count. */
  calls: number;
}

/** 50,000 requests and about 200 MB: what the Batch API takes at most. */
export const FULL: Scale = {
  largeRequests: 50_000,
  mediumRequests: 12_500,
  resultRequests: 50_000,
  batches: 100_000,
  manyBatches: 1_000_000,
  warmUps: 1,
  runs: 3,
  calls: 200,
};

/** Enough to see that everything works; its figures mean nothing. */
export const QUICK: Scale = {
  largeRequests: 2_000,
  mediumRequests: 500,
  resultRequests: 2_000,
  batches: 1_000,
  manyBatches: 10_000,
  warmUps: 0,
  runs: 1,
  calls: 20,
};
