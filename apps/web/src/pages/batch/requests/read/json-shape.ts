/** Bodies come from users and models and may have any shape: these answer something for each. */

/** An object, `null` for all else. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** A list, empty for all else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, empty for all else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A number, `null` for all else. */
export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** As JSON with two spaces; `null` when it is nested too deeply to be written. */
export function writeJson(value: unknown): string | null {
  try {
    return JSON.stringify(value, null, 2) ?? 'null';
  } catch {
    return null; // The stack of the browser has an end.
  }
}
