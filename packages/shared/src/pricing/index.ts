export * from './built-in-prices.ts';
export * from './cost-of.ts';
export * from './estimate-costs.ts';
export * from './find-price.ts';
export * from './usage-counter.ts';
