import { probe } from "../core/probe.ts";

/** Which tool called ptrace(PTRACE_TRACEME) by itself, and the errno it got: 0 allowed, 1 EPERM, 38 ENOSYS. */
export interface RawTrace {
  readonly by: string;
  readonly errno: number;
}

/**
 * Calls PTRACE_TRACEME without dlv, through whatever this host has: it tells a rule for the whole host or container from
 * one around dlv only. Undefined where there is neither perl nor python3.
 */
export const rawTrace = probe({
  id: "raw-trace",
  sh: `
case $(uname -s)-$(uname -m) in
  Linux-x86_64) n=101 ;;
  Linux-aarch64 | Linux-riscv64 | Linux-loongarch64) n=117 ;;
  Linux-i?86 | Linux-ppc64le | Linux-s390x) n=26 ;;
  *) exit 0 ;;
esac
if command -v perl >/dev/null 2>&1; then
  perl -e 'exit(syscall($ARGV[0] + 0, 0, 0, 0, 0) == 0 ? 0 : $! + 0)' "$n"
  echo "perl $?"
elif command -v python3 >/dev/null 2>&1; then
  python3 -c 'import ctypes, sys
c = ctypes.CDLL(None, use_errno=True)
sys.exit(0 if c.ptrace(0, 0, None, None) == 0 else ctypes.get_errno())'
  echo "python3 $?"
fi
`,
  read({ stdout }): RawTrace | undefined {
    const [, by, errno] = /^(\w+) (\d+)$/m.exec(stdout) ?? [];
    return by === undefined ? undefined : { by, errno: Number(errno) };
  },
});
