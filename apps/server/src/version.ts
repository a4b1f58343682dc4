import packageJson from '../package.json' with { type: 'json' };

/** Of Batchdesk. */
export const VERSION: string = packageJson.version;
