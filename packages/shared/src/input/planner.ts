/** What one batch takes at most. */
export interface PlannerLimits {
  requests: number;
  /** Of the input file. */
  bytes: number;
  embeddingInputs: number;
  /** Tokens that may be enqueued of a model; `Infinity` when not known. */
  tokens: (model: string) => number;
}

/** What counts of a request. */
export interface PlannedRequest {
  model: string;
  /** Without its line break. */
  bytes: number;
  embedding_inputs: number;
  estimated_tokens: number;
  /** See `maxOutputTokens`. */
  max_output_tokens: number | null;
}

/** The requests of one batch, summed up. */
export interface PlannedPart {
  model: string;
  request_count: number;
  /** One line break a request included. */
  bytes: number;
  embedding_inputs: number;
  estimated_tokens: number;
  /** Of the requests that limit their answer. */
  max_output_tokens: number;
  /** Requests that do not. */
  uncapped_requests: number;
}

/** Tells requests, as they come, which part of a job they belong to. */
export interface Planner {
  /** Returns the 0-based part that takes the request. */
  add(request: PlannedRequest): number;
  readonly parts: readonly PlannedPart[];
}

const NEWLINE_BYTES = 1;
const NOTHING = {
  request_count: 0,
  bytes: 0,
  embedding_inputs: 0,
  estimated_tokens: 0,
  max_output_tokens: 0,
  uncapped_requests: 0,
};

/**
 * Fills one part a model at a time, in input order: whoever reads the input once knows each request's part at once. A
 * request that exceeds a limit alone gets a part of its own, and the part before it stays open.
 */
export function createPlanner(limits: PlannerLimits): Planner {
  const parts: PlannedPart[] = [];
  /** By model: its part that is being filled, and its limit. */
  const openParts = new Map<string, { part: number; tokens: number }>();

  function fits(part: PlannedPart, request: PlannedRequest, tokens: number): boolean {
    return (
      part.request_count < limits.requests &&
      part.bytes + request.bytes + NEWLINE_BYTES <= limits.bytes &&
      part.embedding_inputs + request.embedding_inputs <= limits.embeddingInputs &&
      part.estimated_tokens + request.estimated_tokens <= tokens
    );
  }

  function put(request: PlannedRequest, index: number): number {
    const part = parts[index]!;
    part.request_count += 1;
    part.bytes += request.bytes + NEWLINE_BYTES;
    part.embedding_inputs += request.embedding_inputs;
    part.estimated_tokens += request.estimated_tokens;
    if (request.max_output_tokens === null) part.uncapped_requests += 1;
    else part.max_output_tokens += request.max_output_tokens;
    return index;
  }

  function add(request: PlannedRequest): number {
    const { model } = request;
    const open = openParts.get(model);
    if (open && fits(parts[open.part]!, request, open.tokens)) return put(request, open.part);
    const tokens = open?.tokens ?? limits.tokens(model);
    const empty = { model, ...NOTHING };
    const part = parts.push(empty) - 1;
    if (fits(empty, request, tokens)) openParts.set(model, { part, tokens });
    return put(request, part);
  }

  return { add, parts };
}
