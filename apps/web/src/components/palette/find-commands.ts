/** Something that the palette can do. */
export interface Command {
  id: string;
  label: string;
  /** Said beside it: a state, a key. */
  hint?: string | undefined;
  /** Words that find it beside its label. */
  words?: string | undefined;
  run: () => void;
}

/** The commands that have every word of a text, those whose label begins with it first. */
export function findCommands(commands: readonly Command[], text: string): Command[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const found = commands.filter(({ label, words: more = '' }) => {
    const all = `${label} ${more}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const rank = ({ label }: Command) => (label.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b));
}
