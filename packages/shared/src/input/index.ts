export * from './input-summary.ts';
export * from './input-validator.ts';
export * from './json-error-position.ts';
export * from './line-splitter.ts';
export type { BatchEndpoint } from '../endpoints.ts';
export { LIMITS } from '../limits.ts';
export type { FastText } from './read-request.ts';
