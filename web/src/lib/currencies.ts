/** Currencies offered; any other ISO 4217 code can be written in a definitions file. */
const offered = ['CNY', 'USD', 'EUR', 'JPY', 'HKD', 'GBP', 'TWD', 'SGD', 'KRW', 'AUD', 'CAD', 'CHF'];

/** Those, behind what is set or usual here. */
export const currenciesWith = (...first: string[]): string[] => [...new Set([...first, ...offered])];
