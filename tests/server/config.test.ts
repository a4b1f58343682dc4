import { readConfig } from '@batchdesk/server/testing';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../apps/server/src/config.ts';

const TOKEN = 'sixteen-letters!';
const WEBHOOK_SECRET = 'whsec_c2l4dGVlbi1sZXR0ZXJzIQ==';

const DEFAULTS = {
  host: '127.0.0.1',
  port: 5000,
  databaseUrl: 'file:./data/batches.db',
  dataDir: './data',
  logFile: './logs/app.log',
  logLevel: 'info',
  provider: 'local',
  openaiApiKey: undefined,
  openaiBaseUrl: undefined,
  webhookSecret: undefined,
  apiToken: undefined,
};

const VARIABLES = [
  'HOST',
  'PORT',
  'DATABASE_URL',
  'DATA_DIR',
  'LOG_FILE',
  'LOG_LEVEL',
  'PROVIDER',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_WEBHOOK_SECRET',
  'API_TOKEN',
];

test('without any variable there are defaults for all', () => {
  expect(readConfig()).toEqual(DEFAULTS);
  expect(readConfig({ PATH: '/bin', port: '1' })).toEqual(DEFAULTS);
});

test.each(['', '  ', '\t', undefined])('variables that are %j count as unset', (value) => {
  expect(readConfig(Object.fromEntries(VARIABLES.map((name) => [name, value])))).toEqual(DEFAULTS);
});

test('every variable is read', () => {
  const environment = {
    HOST: '::1',
    PORT: '0',
    DATABASE_URL: 'file:/tmp/other.db',
    DATA_DIR: '/tmp/data',
    LOG_FILE: '/tmp/app.log',
    LOG_LEVEL: 'debug',
    PROVIDER: 'openai',
    OPENAI_API_KEY: 'sk-1',
    OPENAI_BASE_URL: 'https://example.com/v1',
    OPENAI_WEBHOOK_SECRET: WEBHOOK_SECRET,
    API_TOKEN: TOKEN,
  };
  expect(Object.keys(environment)).toEqual(VARIABLES);
  expect(readConfig(environment)).toEqual({
    host: '::1',
    port: 0,
    databaseUrl: 'file:/tmp/other.db',
    dataDir: '/tmp/data',
    logFile: '/tmp/app.log',
    logLevel: 'debug',
    provider: 'openai',
    openaiApiKey: 'sk-1',
    openaiBaseUrl: 'https://example.com/v1',
    webhookSecret: WEBHOOK_SECRET,
    apiToken: TOKEN,
  });
});

test('the earlier source wins', () => {
  expect(readConfig({ PORT: '1' }, { PORT: '2', DATA_DIR: 'b' }, { PORT: '3', DATA_DIR: 'c' })).toMatchObject(
    { port: 1, dataDir: 'b' },
  );
});

test.each(['', ' ', undefined])('an earlier value that is %j does not hide a later one', (value) => {
  expect(readConfig({ PORT: value }, { PORT: '2' }).port).toBe(2);
});

describe('the provider is', () => {
  test.each([
    ['openai', { OPENAI_API_KEY: 'sk-1' }],
    ['local', {}],
    ['local', { OPENAI_API_KEY: ' ' }],
    ['local', { OPENAI_API_KEY: 'sk-1', PROVIDER: 'local' }],
    ['openai', { OPENAI_API_KEY: 'sk-1', PROVIDER: '' }],
    ['openai', { PROVIDER: 'openai' }],
  ])('%s with %o', (provider, environment) => {
    expect(readConfig(environment).provider).toBe(provider);
  });
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['DATABASE_URL', 'postgres://localhost/db'],
  ['LOG_LEVEL', 'loud'],
  ['PROVIDER', 'azure'],
  ['OPENAI_BASE_URL', 'example.com'],
  ['OPENAI_BASE_URL', 'ftp://example.com'],
  ['OPENAI_WEBHOOK_SECRET', 'c2l4dGVlbi1sZXR0ZXJzIQ=='],
  ['OPENAI_WEBHOOK_SECRET', 'whsec_not base64'],
  ['API_TOKEN', 'fifteen-letters'],
])('%s=%s is refused by its name', (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(new RegExp(String.raw`^${name} \S.*\S`));
});

describe('an address that other machines can reach', () => {
  test.each(['0.0.0.0', '::', '192.168.1.5', 'batches.example.com'])('such as %s needs a token', (HOST) => {
    const read = () => readConfig({ HOST });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/^HOST .*API_TOKEN/);
    expect(() => readConfig({ HOST, API_TOKEN: ' ' })).toThrow(/^HOST /);
    expect(readConfig({ HOST, API_TOKEN: TOKEN })).toMatchObject({ host: HOST, apiToken: TOKEN });
  });

  test('is not reached with a token that is too short', () => {
    expect(() => readConfig({ HOST: '0.0.0.0', API_TOKEN: 'short' })).toThrow(
      /^API_TOKEN must have at least 16 characters/,
    );
  });

  test.each(['127.0.0.1', 'localhost', '::1'])('is not %s', (HOST) => {
    expect(readConfig({ HOST }).host).toBe(HOST);
  });
});
