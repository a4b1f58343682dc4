import type { ErrorObject } from '@batchdesk/shared';
import type { Failure } from '../../api/failure.ts';
import type { PriceFile } from './read-price-file.ts';

const PLACE = /\bprices\.(\d+)(\.)?/g;

/** A refusal of imported prices in terms of the file: `prices.2.input` becomes the name of the element that it is there. */
export function nameElements(
  failure: Failure,
  file: PriceFile,
  nameOf: (element: number, model: string) => string,
): Failure {
  if (failure.kind !== 'refused') return failure;
  const name = (text: string) =>
    text.replace(PLACE, (place, index: string, dot: string | undefined) => {
      const price = file.prices[Number(index)];
      if (!price) return place;
      return `${nameOf(Number(index) + 1, price.model)}${dot ? ', ' : ''}`;
    });
  const { message, details, issues } = failure.error;
  const error: ErrorObject = { ...failure.error, message: name(message) };
  if (details?.['param'] !== undefined) error.details = { ...details, param: name(String(details['param'])) };
  if (issues)
    error.issues = issues.map((issue) => Object.assign({}, issue, { message: name(issue.message) }));
  return { kind: 'refused', error };
}
