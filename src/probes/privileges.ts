import { probe } from "../core/probe.ts";

/** What a process that dlv's user starts may gain by execve(2). */
export interface Privileges {
  readonly uid: number;
  /** no_new_privs is set: setuid bits and file capabilities count for nothing (prctl(2)). */
  readonly noNewPrivs: boolean;
  /** The file capabilities of the launch's dlv, as getcap(8) says them; "" where it has none, or there is no getcap. */
  readonly dlvCapabilities: string;
  /** sudo's own complaint, where it is there and cannot become root at all; "" where it can, or there is none. */
  readonly sudo: string;
}

/** Reads the flag, and lets sudo say its version: without its setuid bit it complains before it says it, and asks nobody. */
export const privileges = probe({
  id: "privileges",
  args: (launch) => [launch.dlv],
  sh: `
[ -r /proc/self/status ] || exit 0
echo "uid $(id -u)"
grep '^NoNewPrivs:' /proc/self/status
f=$(PATH=$LAUNCH_PATH; command -v "$1")
[ -n "$f" ] && echo "getcap $(getcap "$f" 2>/dev/null | sed 's/^[^ ]* //')"
if [ "$(id -u)" != 0 ] && command -v sudo >/dev/null 2>&1 && ! said=$(sudo -V 2>&1 >/dev/null); then
  echo "sudo $(printf '%s\\n' "$said" | head -n 1)"
fi
exit 0
`,
  read({ stdout }): Privileges | undefined {
    const uid = /^uid (\d+)$/m.exec(stdout)?.[1];
    if (uid === undefined) return undefined;
    return {
      uid: Number(uid),
      noNewPrivs: /^NoNewPrivs:\s*1$/m.test(stdout),
      dlvCapabilities: /^getcap (.*)$/m.exec(stdout)?.[1]?.trim() ?? "",
      sudo: /^sudo (.*)$/m.exec(stdout)?.[1] ?? "",
    };
  },
});
