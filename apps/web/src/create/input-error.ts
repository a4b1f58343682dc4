/** Why work on an input ended without a result. */
export type InputErrorCode =
  /** The worker could not be loaded, or died: of too little memory, say. */
  | 'worker_failed'
  /** The file was changed, moved or removed since it was chosen, or may not be read. */
  | 'file_unreadable';

/** Work on an input ended without a result. The message is for the console: the page has a sentence for each code. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputErrorCode;

  constructor(code: InputErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The code of what was thrown by work on an input. */
export function toInputErrorCode(thrown: unknown): InputErrorCode {
  return thrown instanceof InputError ? thrown.code : 'worker_failed';
}
