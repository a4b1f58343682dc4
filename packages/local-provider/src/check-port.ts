import { createServer } from 'node:net';

/**
 * Throws the system's error (such as EADDRINUSE) if a port cannot be listened on. To be called before a data folder
 * is touched: whoever holds the port is likely to be another provider on that same folder.
 */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => server.close(() => resolve()));
  });
}
