import { defineConfig } from 'prisma/config';

// Only migrations need the schema engine, and ours are plain SQL: this keeps `prisma generate` from downloading it.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma' });
