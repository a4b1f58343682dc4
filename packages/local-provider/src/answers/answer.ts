import type { Endpoint } from '../endpoints.ts';
import { answerChat, checkChat } from './chat-completion.ts';
import { answerEmbeddings, checkEmbeddings } from './embeddings.ts';
import type { JsonObject } from './json-object.ts';
import { answerModeration, checkModeration } from './moderation.ts';
import type { RequestProblem } from './request-problem.ts';
import { answerResponse, checkResponse } from './response.ts';
import { answerTextCompletion, checkTextCompletion } from './text-completion.ts';

/** The successful answer to one request. */
export interface Answer {
  /** The response body as JSON text, in pieces: embeddings are too large to be put together in memory. */
  parts: readonly string[];
  inputTokens: number;
  outputTokens: number;
}

/** What an answer says of itself beside the request. */
export interface AnswerContext {
  /** 32 hexadecimal digits for the ids in the answer. */
  seed: string;
  /** Unix seconds. */
  createdAt: number;
}

interface Answerer {
  /** Why the endpoint would refuse the request with an HTTP error, or null. */
  check(body: JsonObject): RequestProblem | null;
  /** Answers a request that passed `check`. */
  answer(body: JsonObject, context: AnswerContext): Answer;
}

/** Who answers requests to each endpoint. Answers depend on the request alone, ids and times aside. */
export const answerers: Record<Endpoint, Answerer> = {
  '/v1/chat/completions': { check: checkChat, answer: answerChat },
  '/v1/completions': { check: checkTextCompletion, answer: answerTextCompletion },
  '/v1/embeddings': { check: checkEmbeddings, answer: answerEmbeddings },
  '/v1/moderations': { check: checkModeration, answer: answerModeration },
  '/v1/responses': { check: checkResponse, answer: answerResponse },
};
