import { useInfiniteQuery as useSolidInfiniteQuery, useQuery as useSolidQuery } from '@tanstack/solid-query';

/**
 * solid-query's `useQuery`, but that reading `data` suspends nothing: it is `undefined` until there is an answer. The
 * library reads it through a resource, which is pending for a moment even where the answer is known already: the nearest
 * `Suspense`, here the whole page, would leave the document for that moment, with focus and scroll.
 */
export const useQuery = withPlainData(useSolidQuery);

/** The same of `useInfiniteQuery`. */
export const useInfiniteQuery = withPlainData(useSolidInfiniteQuery);

/** Reads `data` from the store below, of which only the library's own `get` knows the resource. */
function withPlainData<F extends (...args: never[]) => object>(use: F): F {
  const usePlain = (...args: never[]) =>
    new Proxy(use(...args), {
      get: (query, name) =>
        name === 'data' ? Reflect.getOwnPropertyDescriptor(query, name)?.get?.() : Reflect.get(query, name),
    });
  return usePlain as F;
}
