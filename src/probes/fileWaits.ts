import { probe } from "../core/probe.ts";
import { mountOf, type OutputPlace } from "./outputPlace.ts";

/** A thread of dlv's tree that a call to a filesystem does not come back to. */
export interface FileWait {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  /** D: the kernel waits for a disk or a server. S: it waits and can be interrupted. */
  readonly state: string;
  /** The kernel function it sleeps in; empty where the kernel does not say. */
  readonly wchan: string;
  /** It asks for a lock of the file (flock(2), fcntl(2)). */
  readonly locks: boolean;
  /** The file of the call, where the kernel lets us see it, its inode and the mount that it is on. */
  readonly path?: string;
  readonly inode?: number;
  readonly mount?: OutputPlace["mount"];
}

/**
 * What the threads of dlv, go and its tools wait for in a filesystem: those that stood in the same call twice, a moment
 * apart. Nothing on that filesystem is touched, for whoever touches it may wait as well: the call's first argument
 * (proc_pid_syscall(5)) is a descriptor, whose name the kernel knows, or AT_FDCWD, and then the second is where the
 * path stands in the caller's memory.
 */
export const fileWaits = probe<readonly FileWait[]>({
  id: "file-waits",
  args: ({ timeline }) =>
    (timeline.last?.processes ?? []).filter(({ tracer }) => tracer === undefined).map(({ pid }) => `${pid}`),
  sh: `case $(uname -m) in
  x86_64) flock=73 fcntl=72 ;;
  aarch64) flock=32 fcntl=25 ;;
  *) flock=- fcntl=- ;;
esac
look() {
  for task in $(for pid in "$@"; do echo /proc/$pid/task/*; done); do
    call='' wchan='' stat='' locks=0
    read -r stat <"$task/stat" && read -r call <"$task/syscall"
    read -r wchan <"$task/wchan"
    rest=\${stat##*) }
    case "$call " in "$flock "*|"$fcntl "*) locks=1 ;; esac
    case \${rest%% *}$locks$wchan in
      D*|?1*|*nfs*|*nlm*|*rpc_*|*cifs*|*smb*|*p9_*|*fuse*|*request_wait*|*ceph*|*locks_lock*) ;;
      *) continue ;;
    esac
    echo "$task \${rest%% *} $locks \${wchan:-0} $call"
  done 2>/dev/null
}
first=$(look "$@")
[ -n "$first" ] || exit 0
sleep 0.3 2>/dev/null || sleep 1
look "$@" | while read -r task state locks wchan call; do
  case $first in *"$task $state $locks $wchan $call"*) ;; *) continue ;; esac
  set -- $call
  tid=\${task##*/} pid=\${task#/proc/} path='' inode=''
  pid=\${pid%%/*}
  case $2 in
    0xffffff9c|0xffffffffffffff9c)
      path=$(dd if="/proc/$pid/mem" bs=1 skip=$(($3)) count=512 2>/dev/null | tr '\\0' '\\n' | head -n 1)
      case $path in ''|/*) ;; *) path=$(readlink "/proc/$pid/cwd")/$path ;; esac ;;
    0x?|0x??|0x???)
      path=$(readlink "/proc/$pid/fd/$(($2))")
      inode=$(sed -n 's/^ino:[^0-9]*//p' "/proc/$pid/fdinfo/$(($2))") ;;
  esac 2>/dev/null
  read -r name <"/proc/$pid/comm"
  printf 'wait %s %s %s %s %s %s %s\\n' "$pid" "$tid" "$state" "$locks" "$wchan" "\${inode:-0}" "$name"
  printf 'path %s\\n' "$path"
done
cat "/proc/$1/mountinfo" 2>/dev/null
exit 0
`,
  read: ({ stdout }) => readWaits(stdout),
});

function readWaits(text: string): FileWait[] {
  return Array.from(
    text.matchAll(/^wait (\d+) (\d+) (\S) ([01]) (\S+) (\d+) (.*)\npath (.*)$/gm),
    ([, pid, tid, state = "", locks, wchan = "", inode, name = "", path = ""]) => ({
      pid: Number(pid),
      tid: Number(tid),
      name,
      state,
      wchan: wchan === "0" ? "" : wchan,
      locks: locks === "1",
      ...(path.startsWith("/") && { path, mount: mountOf(path, text) }),
      ...(inode !== "0" && { inode: Number(inode) }),
    }),
  );
}
