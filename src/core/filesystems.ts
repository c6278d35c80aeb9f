/**
 * Filesystems (the type of proc_pid_mountinfo(5)) whose files somebody else keeps: a server, the host of a virtual machine,
 * or a program that serves FUSE. fuseblk is a local disk.
 */
const remote =
  /^(?:nfs4?|cifs|smb[23]?|smbfs|9p|v9fs|virtiofs|drvfs|vboxsf|prl_fs|vmhgfs|osxfs|ceph|lustre|glusterfs|afs|gpfs|beegfs|ncpfs|fuse(?:\..+)?)$/;

/** True where each call may be a question to somebody else. */
export function isRemote(type: string): boolean {
  return remote.test(type) && type !== "fuse.lxcfs" && type !== "fuse.fuse-overlayfs";
}
