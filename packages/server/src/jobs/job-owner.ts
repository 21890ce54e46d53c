import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Owners of this process; another service in it may use the same database. */
const ownersHere = new Set<string>();

/** Names who runs a job, so that a later process can tell whether it still does. `release` when it ends. */
export function takeJobOwner(): { readonly name: string; readonly release: () => void } {
  const name = `${process.pid}/${randomUUID()}/${hostname()}`;
  ownersHere.add(name);
  return { name, release: () => ownersHere.delete(name) };
}

/** Whether the owner may still be at work. */
export function isOwnerAlive(name: string): boolean {
  if (ownersHere.has(name)) return true;
  const [pid, , ...host] = name.split('/');
  const number = Number(pid);
  if (!(number > 0) || number === process.pid || host.join('/') !== hostname()) return false;
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    // A process that may not be signalled is there all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
