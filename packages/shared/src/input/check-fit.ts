import type { BatchEndpoint } from '../endpoints.ts';
import { createEndpointCheck } from './check-endpoint.ts';
import { isJsonObject } from './check-request.ts';
import type { JsonObject, RequestProblem } from './check-request.ts';
import { createIdIndex } from './id-index.ts';
import { SCOPE_LIMITS } from './input-scope.ts';
import type { InputScope } from './input-scope.ts';
import type { InputSummary } from './input-summary.ts';
import { shorten } from './issue-list.ts';
import type { IssueList } from './issue-list.ts';
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

/** What to do with an input that is more than a batch takes. */
export const JOBS_TAKE_ALL = 'POST /api/jobs takes inputs of any size and splits them.';

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
      const message = `This request has ${embedding_inputs} embedding inputs; a batch takes at most ${limits.requestEmbeddingInputs}.`;
      problems.push({ code: 'too_many_embedding_inputs', message, param: 'body.input' });
    }
    const { model } = body;
    if (typeof model !== 'string' || model === '') return { model: null, embedding_inputs };
    checkModel(model, problems);
    return { model, embedding_inputs };
  };

  function checkDuplicate(customId: string, line: number, problems: RequestProblem[]): void {
    const firstLine = ids.add(customId, line);
    if (firstLine === null) return;
    const message = `The custom_id '${shorten(customId)}' for this request is a duplicate of the request at line ${firstLine}. The custom_id parameter must be unique for each request in a ${scope}.`;
    problems.push({ code: 'duplicate_custom_id', message, param: 'custom_id' });
  }

  function checkModel(model: string, problems: RequestProblem[]): void {
    const isCounted = models.add(model);
    if (scope === 'batch') {
      if (model === models.first) return;
      const message = `The model '${shorten(model)}' for this request does not match the rest of the batch. Each batch must contain requests for a single model. POST /api/jobs takes several models and splits them.`;
      problems.push({ code: 'mismatched_model', message, param: 'body.model' });
    } else if (!isCounted) {
      const message = `The model '${shorten(model)}' for this request is one too many; a job takes at most ${limits.models} models.`;
      problems.push({ code: 'too_many_models', message, param: 'body.model' });
    }
  }

  const finish: FitCheck['finish'] = (issues, { requestCount, endpoint }) => {
    const told = endpoints.finish(issues, endpoint);
    const whole = { line: null, custom_id: null };
    const tell = (code: string, message: string) => issues.insert({ code, message, param: null }, whole);
    const tellLimit = (code: string, has: string, limit: number) =>
      tell(code, `The input has ${has}; a batch takes at most ${limit}. ${JOBS_TAKE_ALL}`);
    if (requestCount === 0) {
      tell(
        'empty_file',
        `The input is empty. Please ensure that the ${scope} contains at least one request.`,
      );
    }
    if (requestCount > limits.requests) {
      tellLimit('too_many_requests', `${requestCount} requests`, limits.requests);
    }
    if (embeddingInputs > limits.embeddingInputs) {
      tellLimit('too_many_embedding_inputs', `${embeddingInputs} embedding inputs`, limits.embeddingInputs);
    }
    return { endpoint: told, models: models.list(), embedding_inputs: embeddingInputs };
  };

  return { add, finish };
}

/** An array of texts or of token lists counts each element; a text or one token list counts as one. */
function countEmbeddingInputs(input: unknown): number {
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1;
}
