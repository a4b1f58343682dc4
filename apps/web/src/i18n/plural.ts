/** Chooses the wording for a number and puts the number, written as the language does, in place of `{n}`. */
export function createPlural(language: string) {
  const rules = new Intl.PluralRules(language);
  const format = new Intl.NumberFormat(language);
  return (count: number, one: string, other: string): string =>
    (rules.select(count) === 'one' ? one : other).replace('{n}', format.format(count));
}
