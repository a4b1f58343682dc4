import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const runFile = promisify(execFile);

/** Variables under which commands find the Node that runs the tests first. */
export const env = {
  ...process.env,
  // What is compiled is of a folder that goes.
  NODE_DISABLE_COMPILE_CACHE: '1',
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
};

/** Runs a command to its end and returns what it printed. Throws with its errors if it fails. */
async function run(cwd: string, command: string, args: string[]): Promise<string> {
  const shell = process.platform === 'win32' && command !== process.execPath;
  // The workspace is as it is: packing must not install anything into it.
  const options = {
    cwd,
    shell,
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1', pnpm_config_verify_deps_before_run: 'false' },
  };
  try {
    return (await runFile(command, args, options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** A package of the workspace as its users get it: packed, and installed in a folder of its own. */
export async function installPacked(name: 'shared' | 'local-provider') {
  const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const folder = await temporaryFolder();
  const { path } = folder;
  await run(join(root, 'packages', name), 'npx', [
    '--yes',
    packageManager,
    'pack',
    '--pack-destination',
    path,
  ]);
  const tarball = `batchdesk-${name}-0.1.0.tgz`;
  const files = (await run(path, 'tar', ['-tzf', tarball])).trim().split('\n').toSorted();
  await writeFile(join(path, 'package.json'), '{"name": "a-user", "private": true, "type": "module"}');
  await run(path, 'npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball]);
  const installed = join(path, 'node_modules/@batchdesk', name);
  return {
    path,
    /** Names in the tarball. */
    files,
    manifest: JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')),
    /** Runs a program in the folder, with the Node that runs the tests; returns what it printed. */
    async runProgram(source: string): Promise<string> {
      await writeFile(join(path, 'program.js'), source);
      return run(path, process.execPath, ['program.js']);
    },
    /** Checks the types of a program in the folder. Throws with what the compiler finds wrong. */
    async checkTypes(source: string): Promise<void> {
      const settings = { noEmit: true, strict: true, module: 'nodenext', target: 'esnext' };
      // A package for browsers too must do without Node's types.
      const types = name === 'shared' ? [] : ['node'];
      const compilerOptions = { ...settings, types, typeRoots: [join(root, 'tests/node_modules/@types')] };
      await writeFile(
        join(path, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['program.ts'] }),
      );
      await writeFile(join(path, 'program.ts'), source);
      await run(path, process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.']);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A package that is packed and installed. */
export type InstalledPackage = Awaited<ReturnType<typeof installPacked>>;

/** The paths that the `exports` of a package lead to. */
export function exportTargets(exports: unknown): string[] {
  if (typeof exports === 'string') return [exports];
  return Object.values(exports as Record<string, unknown>).flatMap(exportTargets);
}
