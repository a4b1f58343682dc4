/** How much a run of the benchmarks does. */
export interface Scale {
  /** Requests in an input. */
  requests: number;
  /** Requests of 300 bytes in a batch whose results are collected, downloaded and paged through. */
  resultRequests: number;
  /** Requests in a job. */
  jobRequests: number;
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
  requests: 50_000,
  resultRequests: 50_000,
  jobRequests: 1_000_000,
  batches: 100_000,
  manyBatches: 1_000_000,
  warmUps: 1,
  runs: 5,
  calls: 200,
};

/** Enough to see that everything works; its figures mean nothing. */
export const QUICK: Scale = {
  requests: 2_000,
  resultRequests: 2_000,
  jobRequests: 100_000,
  batches: 1_000,
  manyBatches: 10_000,
  warmUps: 0,
  runs: 1,
  calls: 20,
};
