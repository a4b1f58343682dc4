import type { Random } from '../shared/random.ts';

/** A JSON body as somebody might write it, and what of it are the elements of `requests`. */
export interface RandomBody {
  text: string;
  /** As they stand in the text; `null` where there is no list. */
  elements: string[] | null;
}

const SPACES = ['', '', '', ' ', '\t', '\n', '\r\n', '\n\n  '];
/** As they stand between quotes. */
const STRINGS = [
  '',
  'a',
  'requests',
  'é😀\u2028',
  String.raw`\"`,
  String.raw`\\`,
  String.raw`\\\"`,
  String.raw`\\\\`,
  String.raw`\\\\\"],[{`,
  String.raw`\ud83d\ude00`,
  String.raw`\ud83d`,
  String.raw`\u0022\n\t\/`,
  '[{"'.replace('"', String.raw`\"`),
  '}],:',
  'a string of more than sixteen bytes, a quote at its end \\"',
  `sixteen bytes ..${'\\\\'.repeat(9)}`,
  '\uFEFF\u007f',
];
const SCALARS = ['0', '-1.5e+3', 'true', 'false', 'null', '123456789012345678901234567890'];
const NAMES = ['endpoint', 'metadata', 'request', 'Requests', 'a'.repeat(70), '__proto_', ...STRINGS];
const LIST_NAMES = ['requests', 'requests', String.raw`reque\u0073ts`];
const ESCAPED = 'requests'.replace(/./g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);

/** Writes values and bodies. */
export function createBodyWriter(random: Random) {
  const space = () => random.pick(SPACES);
  const string = () => `"${random.pick(STRINGS)}${random.pick(['', '', ...STRINGS])}"`;

  function value(depth: number): string {
    const kind = random.below(depth > 0 ? 6 : 3);
    if (kind < 2) return string();
    if (kind === 2) return random.pick(SCALARS);
    const items = Array.from({ length: random.below(4) }, () => {
      const name = kind === 3 ? '' : `${string()}${space()}:${space()}`;
      return `${space()}${name}${value(depth - 1)}${space()}`;
    });
    const inside = items.length > 0 ? items.join(',') : space();
    return kind === 3 ? `[${inside}]` : `{${inside}}`;
  }

  /** An object with a list under `requests` before, between or after other fields, or without one. */
  function body(): RandomBody {
    const fields = Array.from({ length: random.below(4) }, () => {
      const name = random.pick(NAMES);
      return `"${name === 'requests' ? 'other' : name}"${space()}:${space()}${value(2)}`;
    });
    let elements: string[] | null = null;
    if (random.below(8) > 0) {
      elements = Array.from({ length: random.below(5) }, () => value(2));
      const list = elements.map((element) => `${space()}${element}${space()}`).join(',') || space();
      const name = random.pick([...LIST_NAMES, ESCAPED]);
      const field = `"${name}"${space()}:${space()}[${list}]`;
      fields.splice(random.below(fields.length + 1), 0, field);
    }
    const inside = fields.map((field) => `${space()}${field}${space()}`).join(',');
    return { text: `${random.pick(['', '', '\uFEFF'])}${space()}{${inside}}${space()}`, elements };
  }

  return { body };
}
