import { probe } from "../core/probe.ts";

/** One line of the kernel's log: AppArmor refused a process to trace another. */
export interface PtraceDenial {
  readonly profile: string;
  /** The name of the process that wanted to trace. */
  readonly comm: string;
  readonly line: string;
}

/** What AppArmor's own records say, as far as this user may read them. */
export interface AppArmor {
  /** True where the kernel's log could be read from somewhere. */
  readonly logRead: boolean;
  /** The newest first. */
  readonly denials: readonly PtraceDenial[];
  /** The profiles that files of the host define, and the file of each. */
  readonly files: readonly { readonly profile: string; readonly file: string }[];
}

/**
 * Reads AppArmor's refusals of ptrace off the kernel's log and the profiles' names off their files. Undefined where the
 * kernel runs without AppArmor. The log is root's on many systems (kernel.dmesg_restrict), and the journal adm's.
 */
export const appArmor = probe({
  id: "apparmor",
  limitMs: 10_000,
  sh: `
[ -d /sys/module/apparmor ] || exit 0
echo apparmor
lines() { grep 'apparmor="DENIED" operation="ptrace"' | tail -n 50 | sed 's/^/log /'; }
if log=$(dmesg 2>/dev/null); then
  echo read
  printf '%s\\n' "$log" | lines
elif [ -n "$(journalctl -q -k -b -n 1 --no-pager 2>/dev/null)" ]; then
  echo read
  journalctl -q -k -b -n 5000 --no-pager 2>/dev/null | lines
else
  for file in /var/log/audit/audit.log /var/log/kern.log /var/log/syslog; do
    [ -r "$file" ] || continue
    echo read
    tail -n 5000 "$file" | lines
    break
  done
fi
for file in /etc/apparmor.d/* /var/lib/snapd/apparmor/profiles/*; do
  [ -f "$file" ] && sed -n -e 's/^profile  *\\([^ ]*\\).*{.*/\\1/p' -e 's/^\\(\\/[^ ]*\\).*{.*/\\1/p' "$file" |
    while read -r name; do printf 'profile %s\\t%s\\n' "$name" "$file"; done
done
exit 0
`,
  read({ stdout }): AppArmor | undefined {
    if (!/^apparmor$/m.test(stdout)) return undefined;
    const denials = Array.from(stdout.matchAll(/^log (.*)$/gm), ([, line = ""]) => denialOf(line));
    const files = Array.from(stdout.matchAll(/^profile (.+)\t(.+)$/gm), ([, profile = "", file = ""]) => ({
      profile: profile.trim().replace(/^"(.*)"$/, "$1"),
      file,
    }));
    return {
      logRead: /^read$/m.test(stdout),
      denials: denials.filter((one) => one !== undefined).reverse(),
      files,
    };
  },
});

/** Refused reads are left out: ps and the like ask for every process of the host, and mean no tracing. */
function denialOf(line: string): PtraceDenial | undefined {
  const field = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(line)?.[1];
  const [profile, comm] = [field("profile"), field("comm")];
  if (profile === undefined || comm === undefined || !/^trace/.test(field("denied_mask") ?? ""))
    return undefined;
  return { profile, comm, line: line.replace(/^.*?(?=apparmor=)/, "") };
}
