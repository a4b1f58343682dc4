import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** The resident memory of a process, from now on. */
export interface MemoryWatch {
  /** What it has now, in bytes. */
  idleBytes: number;
  /** The most it had since, in bytes. */
  peakBytes(): number;
  stop(): void;
}

const run = promisify(execFile);
const STATUS_DELAY_MS = 5;
const PS_DELAY_MS = 50;

/** Watches the memory of a process: the kernel's own peak on Linux, otherwise by asking again and again. */
export async function watchMemory(pid: number): Promise<MemoryWatch> {
  const idleBytes = await readResident(pid);
  if (canResetPeak(pid)) return { idleBytes, peakBytes: () => readStatus(pid, 'VmHWM'), stop() {} };
  let peak = idleBytes;
  let isAsking = false;
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    peak = Math.max(peak, await readResident(pid).catch(() => 0));
    isAsking = false;
  };
  const timer = setInterval(() => void ask(), hasStatus(pid) ? STATUS_DELAY_MS : PS_DELAY_MS);
  return { idleBytes, peakBytes: () => peak, stop: () => clearInterval(timer) };
}

function canResetPeak(pid: number): boolean {
  try {
    // 5 resets the peak. Source: proc_pid_clear_refs(5).
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    return true;
  } catch {
    return false;
  }
}

function hasStatus(pid: number): boolean {
  return existsSync(`/proc/${pid}/status`);
}

async function readResident(pid: number): Promise<number> {
  if (hasStatus(pid)) return readStatus(pid, 'VmRSS');
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) * 1024;
}

function readStatus(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1]) * 1024;
}
