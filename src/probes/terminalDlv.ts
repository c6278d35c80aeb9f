import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** A process that was started to run a dlv which dials back (--client-addr). */
export interface Dialling {
  readonly pid: number;
  /** sudo, dlv, or whatever else has the words in its command line. */
  readonly name: string;
  /** One letter of proc_pid_stat(5). */
  readonly state: string;
  /** Its children: a sudo that has none has started nothing yet. */
  readonly children: number;
  /** It has a terminal to ask in. */
  readonly terminal: boolean;
  /** Where it is to dial back to. */
  readonly address: string;
  /** It is in this probe's network namespace; undefined where that cannot be read. */
  readonly sameNetwork?: boolean;
}

/** Finds every process whose command line tells dlv to dial back, and what the command line may not hide: state and children. */
export const terminalDlv = probe({
  id: "terminal-dlv",
  sh: `
[ -r /proc/self/stat ] || exit 71
own=$(readlink /proc/self/ns/net)
grep -lsa -- '--client-addr=' /proc/[0-9]*/cmdline | while read -r f; do
  p=\${f#/proc/}; p=\${p%/cmdline}
  address=$(tr '\\000' '\\n' <"$f" 2>/dev/null | sed -n 's/^--client-addr=//p' | tail -n 1)
  [ -n "$address" ] || continue
  name=$(cat "/proc/$p/comm" 2>/dev/null) || continue
  set -- $(sed 's/.*) //' "/proc/$p/stat" 2>/dev/null)
  children=$(cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' | awk -v p="$p" '$2 == p { n++ } END { print n + 0 }')
  net=$(readlink "/proc/$p/ns/net" 2>/dev/null)
  same=unknown
  [ -n "$net" ] && { [ "$net" = "$own" ] && same=yes || same=no; }
  echo "process $p $1 $children $5 $same $address $name"
done
exit 0
`,
  read({ code, stdout }): readonly Dialling[] {
    if (code === 71) throw new Error(say`there is no /proc to find dlv in`);
    const lines = stdout.matchAll(/^process (\d+) (\w) (\d+) (-?\d+) (yes|no|unknown) (\S+) (.*)$/gm);
    return Array.from(lines, ([, pid, state = "", children, tty, same, address = "", name = ""]) => ({
      pid: Number(pid),
      name,
      state,
      children: Number(children),
      terminal: Number(tty) !== 0,
      address,
      ...(same !== "unknown" && { sameNetwork: same === "yes" }),
    }));
  },
});
