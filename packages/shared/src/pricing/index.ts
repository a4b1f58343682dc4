export * from './built-in-prices.ts';
export * from './cost-of.ts';
export * from './find-price.ts';
