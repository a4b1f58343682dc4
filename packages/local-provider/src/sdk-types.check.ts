// Checked by the compiler, never run: what this server answers fits the types of the official SDK. Nothing is
// exported, so that the published declarations do not need the SDK.
import type OpenAI from 'openai';

import type { buildChatCompletion } from './answers/chat-completion.ts';
import type { buildModeration } from './answers/moderation.ts';
import type { buildResponse } from './answers/response.ts';
import type { buildTextCompletion } from './answers/text-completion.ts';
import type { BatchObject } from './batches/batch-object.ts';
import type { answeredEndpoints, unansweredEndpoints } from './endpoints.ts';
import type { FileObject } from './http/files/file-object.ts';

/** OpenAI answers null where the SDK's type has an optional property. */
type NullAsAbsent<T> = { [K in keyof T]: Exclude<T[K], null> | (null extends T[K] ? undefined : never) };
type Fits<Ours, Theirs> = [Ours] extends [Theirs] ? true : false;
type HasAllKeys<Ours, Theirs> = [Exclude<keyof Theirs, keyof Ours>] extends [never] ? true : false;
type SameMembers<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** These two are the SDK's own: it computes the one, and the other belongs to an access programme. */
type WireResponse = Omit<OpenAI.Responses.Response, 'output_text' | 'access_programs'>;

const checks: {
  batch: Fits<NullAsAbsent<BatchObject>, OpenAI.Batch>;
  batchKeys: HasAllKeys<BatchObject, OpenAI.Batch>;
  file: Fits<NullAsAbsent<FileObject>, OpenAI.FileObject>;
  fileKeys: HasAllKeys<FileObject, OpenAI.FileObject>;
  endpoints: SameMembers<
    (typeof answeredEndpoints)[number] | (typeof unansweredEndpoints)[number],
    OpenAI.BatchCreateParams['endpoint']
  >;
  chat: Fits<ReturnType<typeof buildChatCompletion>, OpenAI.ChatCompletion>;
  text: Fits<ReturnType<typeof buildTextCompletion>, OpenAI.Completion>;
  moderation: Fits<ReturnType<typeof buildModeration>, OpenAI.ModerationCreateResponse>;
  response: Fits<ReturnType<typeof buildResponse>, WireResponse>;
} = {
  batch: true,
  batchKeys: true,
  file: true,
  fileKeys: true,
  endpoints: true,
  chat: true,
  text: true,
  moderation: true,
  response: true,
};
void checks;
