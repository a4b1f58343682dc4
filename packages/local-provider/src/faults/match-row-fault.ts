import type { RowFault } from './fault-schema.ts';

/** Finds the fault that strikes a request, by its custom_id; the one added first strikes. */
export function createRowFaultMatcher(
  faults: readonly RowFault[],
): (customId: string) => RowFault | undefined {
  const matchers = faults.map((fault) => ({ fault, matches: createGlob(fault.customId) }));
  return (customId) => matchers.find(({ matches }) => matches(customId))?.fault;
}

/** A test for `pattern`, where `*` stands for any text. Not a regular expression: those can be made to take forever. */
function createGlob(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
      return false;
    let from = first.length;
    for (const piece of rest) {
      const at = text.indexOf(piece, from);
      if (at === -1) return false;
      from = at + piece.length;
    }
    return from <= text.length - last.length;
  };
}
