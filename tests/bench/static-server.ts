// What a download is compared with: a folder served by Fastify and @fastify/static, and nothing else.
import fastifyStatic from '@fastify/static';
import fastify from 'fastify';

const app = fastify();
await app.register(fastifyStatic, { root: process.argv[2]! });
console.log(`at ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
