import { statfsSync } from 'node:fs';

// File systems whose changes by other machines bring no event here (statfs(2), `f_type`): NFS, SMB, CIFS, SMB2, 9P,
// FUSE (sshfs and the like), AFS, Ceph.
const remoteTypes = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x5346414f, 0x00c36400,
]);

/** Whether a folder lies on a drive of another machine, as far as the system tells. */
export function isOnNetwork(folder: string): boolean {
  if (folder.startsWith('\\\\')) return true;
  try {
    return process.platform === 'linux' && remoteTypes.has(statfsSync(folder).type >>> 0);
  } catch {
    return false;
  }
}
