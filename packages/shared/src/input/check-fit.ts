import type { BatchEndpoint } from '../endpoints.ts';
import type { ErrorDetails } from '../errors.ts';
import { createEndpointCheck } from './check-endpoint.ts';
import { isJsonObject } from './check-request.ts';
import type { JsonObject, RequestProblem } from './check-request.ts';
import { createIdIndex } from './id-index.ts';
import { SCOPE_LIMITS } from './input-scope.ts';
import type { InputScope } from './input-scope.ts';
import type { InputSummary } from './input-summary.ts';
import { shorten } from './issue-list.ts';
import type { IssueList } from './issue-list.ts';
import type { IssueKind } from './issue-messages.ts';
import { createModelCounter } from './model-counter.ts';

/** What counts of a request beside its id. */
export interface RequestFacts {
  model: string | null;
  embedding_inputs: number;
}

/** Checks that the requests of an input fit together: unique ids, one endpoint, and what a batch or a job may have. */
export interface FitCheck {
  /** Looks at the next request; adds to `problems` what does not fit the ones before. */
  add(
    request: JsonObject,
    place: { line: number; custom_id: string | null },
    problems: RequestProblem[],
  ): RequestFacts;
  /** Adds to `issues` what only the whole shows. */
  finish(
    issues: IssueList,
    whole: { requestCount: number; endpoint: BatchEndpoint | undefined },
  ): Pick<InputSummary, 'endpoint' | 'models' | 'embedding_inputs'>;
}

/** Keeps nothing of a request but a hash of its id. */
export function createFitCheck(scope: InputScope): FitCheck {
  const limits = SCOPE_LIMITS[scope];
  const endpoints = createEndpointCheck();
  const models = createModelCounter(limits.models);
  const ids = createIdIndex();
  let embeddingInputs = 0;

  const add: FitCheck['add'] = (request, { line, custom_id }, problems) => {
    if (custom_id) checkDuplicate(custom_id, line, problems);
    const { url, body } = request;
    if (typeof url === 'string') endpoints.add(url, { line, custom_id });
    if (!isJsonObject(body)) return { model: null, embedding_inputs: 0 };
    const embedding_inputs = url === '/v1/embeddings' ? countEmbeddingInputs(body['input']) : 0;
    embeddingInputs += embedding_inputs;
    if (embedding_inputs > limits.requestEmbeddingInputs) {
      const details = { count: embedding_inputs, limit: limits.requestEmbeddingInputs };
      problems.push({ kind: 'too_many_inputs', param: 'body.input', details });
    }
    const { model } = body;
    if (typeof model !== 'string' || model === '') return { model: null, embedding_inputs };
    checkModel(model, problems);
    return { model, embedding_inputs };
  };

  function checkDuplicate(customId: string, line: number, problems: RequestProblem[]): void {
    const firstLine = ids.add(customId, line);
    if (firstLine === null) return;
    const details = { custom_id: shorten(customId), first_line: firstLine, scope };
    problems.push({ kind: 'duplicate_custom_id', param: 'custom_id', details });
  }

  function checkModel(model: string, problems: RequestProblem[]): void {
    const isCounted = models.add(model);
    if (scope === 'batch') {
      if (model === models.first) return;
      problems.push({ kind: 'other_model', param: 'body.model', details: { model: shorten(model) } });
    } else if (!isCounted) {
      const details = { model: shorten(model), limit: limits.models };
      problems.push({ kind: 'too_many_models', param: 'body.model', details });
    }
  }

  const finish: FitCheck['finish'] = (issues, { requestCount, endpoint }) => {
    const told = endpoints.finish(issues, endpoint);
    const whole = { line: null, custom_id: null };
    const tell = (kind: IssueKind, details: ErrorDetails) =>
      issues.insert({ kind, param: null, details }, whole);
    if (requestCount === 0) tell('empty_input', { scope });
    if (requestCount > limits.requests) {
      tell('too_many_requests', { count: requestCount, limit: limits.requests });
    }
    if (embeddingInputs > limits.embeddingInputs) {
      tell('too_many_inputs_in_all', { count: embeddingInputs, limit: limits.embeddingInputs });
    }
    return { endpoint: told, models: models.list(), embedding_inputs: embeddingInputs };
  };

  return { add, finish };
}

/** An array of texts or of token lists counts each element; a text or one token list counts as one. */
function countEmbeddingInputs(input: unknown): number {
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1;
}
