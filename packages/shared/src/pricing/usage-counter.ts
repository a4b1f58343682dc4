/** What counts of a request for what it will cost. */
export interface CountedRequest {
  model: string;
  /** Input tokens; see `estimateTokens`. */
  estimated_tokens: number;
  /** Tokens that its answer has at most, `null` when it has no limit; see `maxOutputTokens`. */
  max_output_tokens: number | null;
}

/** Requests summed up. */
export interface UsageSums {
  request_count: number;
  /** Input tokens, estimated. */
  estimated_tokens: number;
  /** Of the requests that limit their answer. */
  max_output_tokens: number;
  /** Requests that do not. */
  uncapped_requests: number;
}

/** The requests of a model summed up. `long` are those among them that are above its price's `long_context`. */
export interface ModelUsage extends UsageSums {
  model: string;
  /** Input tokens of the largest request. */
  largest_request: number;
  long: UsageSums;
}

/** Sums up requests by model as they come. */
export interface UsageCounter {
  add(request: CountedRequest): ModelUsage;
  /** By model. */
  readonly models: ReadonlyMap<string, ModelUsage>;
}

/**
 * Counts from nothing. `longContext` tells the input tokens of a request above which a model costs more, `null` if there is
 * no such price; it is asked once for each model.
 */
export function createUsageCounter(longContext: (model: string) => number | null): UsageCounter {
  const models = new Map<string, { usage: ModelUsage; above: number }>();
  const usages = new Map<string, ModelUsage>();

  function begin(model: string): { usage: ModelUsage; above: number } {
    const usage = { model, largest_request: 0, ...none(), long: none() };
    const begun = { usage, above: longContext(model) ?? Infinity };
    models.set(model, begun);
    usages.set(model, usage);
    return begun;
  }

  function add(request: CountedRequest): ModelUsage {
    const { usage, above } = models.get(request.model) ?? begin(request.model);
    put(usage, request);
    if (request.estimated_tokens > above) put(usage.long, request);
    usage.largest_request = Math.max(usage.largest_request, request.estimated_tokens);
    return usage;
  }

  return { add, models: usages };
}

function none(): UsageSums {
  return { request_count: 0, estimated_tokens: 0, max_output_tokens: 0, uncapped_requests: 0 };
}

function put(sums: UsageSums, { estimated_tokens, max_output_tokens }: CountedRequest): void {
  sums.request_count += 1;
  sums.estimated_tokens += estimated_tokens;
  if (max_output_tokens === null) sums.uncapped_requests += 1;
  else sums.max_output_tokens += max_output_tokens;
}
