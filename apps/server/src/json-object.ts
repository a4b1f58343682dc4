/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>;

/** A parsed JSON value as an object, `null` when it is none. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}
