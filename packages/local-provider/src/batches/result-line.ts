import { answerers } from '../answers/answer.ts';
import type { Answer } from '../answers/answer.ts';
import type { RequestProblem } from '../answers/request-problem.ts';
import type { JsonObject } from '../answers/json-object.ts';
import type { Endpoint } from '../endpoints.ts';
import type { RowFault } from '../faults/fault-schema.ts';
import { digest } from '../ids.ts';
import type { TokenCounts } from './batch-record.ts';

/** Why a request of a batch did not run. */
export type NotRunReason = 'batch_expired' | 'batch_cancelled';

const notRunMessages: Record<NotRunReason, string> = {
  batch_expired: 'This request could not be executed before the completion window expired.',
  batch_cancelled: 'This request was not executed because the batch was cancelled.',
};

/** One line of the output or the error file. */
export interface ResultLine {
  goesTo: 'output' | 'errors';
  /** JSON text in pieces. */
  parts: readonly string[];
  counts: 'completed' | 'failed' | 'neither';
  tokens?: TokenCounts;
}

/** Makes the lines of one batch's result files; `offset` is where the request starts in the input. */
export interface ResultLines {
  /** The line for a request that ran; null if a fault makes it vanish. */
  run(request: InputLine, offset: number, fault: RowFault | undefined): ResultLine | null;
  /** The line for a request that did not run: counted neither as completed nor as failed. */
  notRun(request: InputLine, offset: number): ResultLine;
}

type UsageFault = Extract<RowFault, { kind: 'row_usage' }>;

interface InputLine {
  custom_id: string;
  body: JsonObject;
}

/** The maker of a batch's result lines. Ids come from batch and offset, so that the lines can be made again. */
export function createResultLines(batch: {
  batchId: string;
  endpoint: Endpoint;
  notRunReason: NotRunReason;
  answeredAt: number;
}): ResultLines {
  const { answer, check } = answerers[batch.endpoint];

  function opening(request: InputLine, seed: string): string {
    return `{"id":"batch_req_${seed}","custom_id":${JSON.stringify(request.custom_id)},`;
  }

  function withoutResponse(request: InputLine, seed: string, reason: NotRunReason): string {
    const error = JSON.stringify({ code: reason, message: notRunMessages[reason] });
    return `${opening(request, seed)}"response":null,"error":${error}}`;
  }

  function problemLine(request: InputLine, seed: string, problem: RequestProblem): ResultLine {
    const response = { status_code: problem.statusCode, request_id: seed, body: { error: problem.error } };
    const text = `${opening(request, seed)}"response":${JSON.stringify(response)},"error":null}`;
    return { goesTo: 'errors', parts: [text], counts: 'failed' };
  }

  function answerLine(request: InputLine, seed: string, fault?: UsageFault): ResultLine {
    const usual = answer(request.body, { seed, createdAt: batch.answeredAt });
    const { parts, inputTokens, outputTokens } = fault ? withUsage(usual, fault) : usual;
    const head = `${opening(request, seed)}"response":{"status_code":200,"request_id":"${seed}","body":`;
    const { cachedTokens: cached = 0, reasoningTokens: reasoning = 0 } = fault ?? {};
    const tokens = { input: inputTokens, cached, output: outputTokens, reasoning };
    return { goesTo: 'output', parts: [head, ...parts, '},"error":null}'], counts: 'completed', tokens };
  }

  return {
    notRun(request, offset) {
      const text = withoutResponse(request, digest(batch.batchId, offset), batch.notRunReason);
      return { goesTo: 'errors', parts: [text], counts: 'neither' };
    },
    run(request, offset, fault) {
      const seed = digest(batch.batchId, offset);
      if (!fault || fault.kind === 'row_usage') {
        const problem = check(request.body);
        return problem ? problemLine(request, seed, problem) : answerLine(request, seed, fault);
      }
      switch (fault.kind) {
        case 'row_missing':
          return null;
        case 'row_fail':
          return problemLine(request, seed, toProblem(fault));
        case 'row_expire':
          return {
            goesTo: 'errors',
            parts: [withoutResponse(request, seed, 'batch_expired')],
            counts: 'failed',
          };
        case 'row_status_zero': {
          const response = '"response":{"status_code":0,"request_id":"","body":null},"error":null}';
          return { goesTo: 'output', parts: [opening(request, seed) + response], counts: 'completed' };
        }
        case 'row_text':
          return fault.file === 'output'
            ? { goesTo: 'output', parts: [fault.text], counts: 'completed' }
            : { goesTo: 'errors', parts: [fault.text], counts: 'failed' };
      }
    },
  };
}

/** An answer that says it took other tokens. */
function withUsage(answer: Answer, fault: UsageFault): Answer {
  const body = JSON.parse(answer.parts.join(''));
  const { inputTokens = answer.inputTokens, outputTokens = answer.outputTokens } = fault;
  const { cachedTokens: cached_tokens, reasoningTokens: reasoning_tokens } = fault;
  const [input, output] =
    'input_tokens' in (body.usage ?? {}) ? ['input', 'output'] : ['prompt', 'completion'];
  body.usage = {
    [`${input}_tokens`]: inputTokens,
    [`${input}_tokens_details`]: { cached_tokens },
    [`${output}_tokens`]: outputTokens,
    [`${output}_tokens_details`]: { reasoning_tokens },
    total_tokens: inputTokens + outputTokens,
  };
  return { parts: [JSON.stringify(body)], inputTokens, outputTokens };
}

function toProblem({ statusCode, code, message }: Extract<RowFault, { kind: 'row_fail' }>): RequestProblem {
  const type = statusCode >= 500 ? 'server_error' : 'invalid_request_error';
  return { statusCode, error: { message, type, param: null, code } };
}
