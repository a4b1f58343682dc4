/**
 * The limits of the Batch API, and ours. Sources: OpenAI's API description and batch guide, and the messages its
 * validation answers with.
 */
export const LIMITS = {
  /** Requests in one batch. Source: batch guide. */
  requestsPerBatch: 50_000,
  /** Bytes of one input file. Source: the message "larger than the 209715200 maximum". */
  inputFileBytes: 209_715_200,
  /** Embedding inputs in one batch, each element of an `input` array counted. Source: batch guide. */
  embeddingInputsPerBatch: 50_000,
  /** Batches created in an hour. Source: batch guide. */
  creationsPerHour: 2_000,
  /** Metadata pairs on a batch, and characters of a key and of a value. Source: API description, `Metadata`. */
  metadataPairs: 16,
  metadataKeyCharacters: 64,
  metadataValueCharacters: 512,
  /** Seconds until output files expire at the provider. Source: API description, `output_expires_after`. */
  outputExpiresAfterSeconds: { min: 3_600, max: 2_592_000 },
  /** Batches in one page of a listing. Source: API description, `GET /v1/batches`. */
  listPage: { min: 1, max: 100, default: 20 },
  /** Bytes of a request body on all routes but the intake ones. Ours. */
  bodyBytes: 1_048_576,
  /** Bytes of a body on the intake routes: a full input file, and 56 MiB for what JSON or a form puts around it. Ours. */
  intakeBodyBytes: 268_435_456,
  /** Bytes of one request. Source: API description, payload of a request with images. */
  lineBytes: 52_428_800,
  /** Requests in one page, and bytes of bodies after which it ends early. Ours. */
  requestPage: { min: 1, max: 100, default: 50, bodyBytes: 8_388_608 },
  /** Matches that one search answers. Ours. */
  searchMatches: { min: 1, max: 1_000, default: 100 },
  /** Objects and lists in one request, itself included. Ours: far beyond any prompt. */
  requestParts: 1_000_000,
  /** Prices of the user's own. Ours. */
  ownPrices: 2_000,
  /** Models in one job. Ours. */
  modelsPerJob: 1_000,
  /** Issues that one answer lists; the rest are counted. Ours. */
  issuesKept: 1_000,
} as const;
