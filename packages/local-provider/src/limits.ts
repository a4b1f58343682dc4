/** Largest batch input file, in bytes: the value OpenAI's own error text states. */
export const maxInputFileBytes = 209_715_200;

/** Most requests in one input file (OpenAI's limit). */
export const maxRequests = 50_000;

/** Most embedding inputs in one input file, over all its requests (OpenAI's limit). */
export const maxEmbeddingInputs = 50_000;

/** Most embedding inputs in one request (OpenAI's limit). */
export const maxInputsPerRequest = 2048;

/** Longest line, in bytes. Ours: OpenAI caps a request body at 50 MB, and a line is parsed in one go. */
export const maxLineBytes = 52_428_800;

/** Validation stops collecting errors here, so that a hopeless file does not fill the batch object. */
export const maxValidationErrors = 100;

/** How long batch input and output files live when nothing else is asked: 30 days. */
export const defaultFileLifetimeSeconds = 30 * 24 * 3600;

/** The shortest and the longest `expires_after.seconds` and `output_expires_after.seconds`. */
export const fileLifetimeSeconds = { min: 3600, max: 2_592_000 };
