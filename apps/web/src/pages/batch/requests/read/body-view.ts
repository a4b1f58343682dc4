/** What a picture, a sound or a file of a conversation is. None is ever loaded. */
export type MediaKind = 'image' | 'audio' | 'file' | 'video';

/** A piece of a turn. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'refusal'; text: string }
  | { kind: 'reasoning'; text: string }
  /** A call of a tool, its arguments as the model wrote them. */
  | { kind: 'call'; name: string; text: string }
  /** `source` is an address, a file id or a type; `bytes` is known where the body holds the thing itself. */
  | { kind: 'media'; media: MediaKind; source: string; bytes: number | null }
  /** What is none of these, as JSON. */
  | { kind: 'other'; text: string };

/** What one side said at once. */
export interface Turn {
  /** As the API calls it: `user`, `assistant`, `tool` and others; `input` of what is no turn; empty when nothing says. */
  role: string;
  /** Said beside it: the name of a speaker, why an answer ended. */
  note: string;
  parts: Part[];
}

/** An embedding: its size, and its first numbers for a drawing. */
export interface Vector {
  size: number;
  values: number[];
}

/** What a moderation says of one input. */
export interface Verdict {
  isFlagged: boolean;
  /** Flagged ones first, then by score. */
  categories: { name: string; isFlagged: boolean; score: number | null }[];
}

/** Why there is no answer. What was not said is empty. */
export interface AnswerError {
  status: number | null;
  code: string;
  message: string;
  param: string;
}

/** What a person reads of a body. */
export type BodyView =
  | { kind: 'turns'; turns: Turn[] }
  | { kind: 'vectors'; vectors: Vector[]; count: number }
  | { kind: 'verdicts'; verdicts: Verdict[] }
  | { kind: 'error'; error: AnswerError };
