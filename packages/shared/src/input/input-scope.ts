import { LIMITS } from '../limits.ts';

/** What an input is for: one batch, or a job, which takes any size and is split into batches. */
export type InputScope = 'batch' | 'job';

/** What an input may have; where there is no limit, `Infinity`. */
export interface ScopeLimits {
  /** Bytes that come in, with what JSON or a form puts around the requests. A whole number, for Fastify. */
  bodyBytes: number;
  /** Bytes of the requests, with a line break each; the last one is not needed. */
  bytes: number;
  requests: number;
  models: number;
  /** Embedding inputs in all, and in one request. */
  embeddingInputs: number;
  requestEmbeddingInputs: number;
}

/** The limits of an input for what it is for. A request of a job has to fit into a batch. */
export const SCOPE_LIMITS: Readonly<Record<InputScope, ScopeLimits>> = {
  batch: {
    bodyBytes: LIMITS.intakeBodyBytes,
    bytes: LIMITS.inputFileBytes,
    requests: LIMITS.requestsPerBatch,
    models: 1,
    embeddingInputs: LIMITS.embeddingInputsPerBatch,
    // Told of the whole.
    requestEmbeddingInputs: Infinity,
  },
  job: {
    bodyBytes: Number.MAX_SAFE_INTEGER,
    bytes: Infinity,
    requests: Infinity,
    models: LIMITS.modelsPerJob,
    embeddingInputs: Infinity,
    requestEmbeddingInputs: LIMITS.embeddingInputsPerBatch,
  },
};
