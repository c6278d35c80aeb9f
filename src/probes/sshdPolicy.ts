import { probe } from "../core/probe.ts";

/** What sshd is set to, for the connection that the question came by. */
export interface SshdPolicy {
  /** "sshd -T" gives what holds for this very connection; a file only what it says, Match blocks not worked out. */
  readonly from: string;
  /** The lines that matter, as "keyword value", keywords in lower case. */
  readonly lines: readonly string[];
}

const keywords =
  "allowtcpforwarding|disableforwarding|permitopen|allowstreamlocalforwarding|clientaliveinterval|clientalivecountmax|channeltimeout";

/**
 * Asks the host that we are on by ssh what its sshd is set to: `sshd -T -C` for this connection where we are root, else the
 * lines of its file. Undefined where we came another way, or where neither may be read: that is usual, and settles
 * nothing.
 */
export const sshdPolicy = probe({
  id: "sshd-policy",
  limitMs: 4000,
  args: () => [keywords],
  sh: `
[ -n "$SSH_CONNECTION" ] || exit 0
file=/etc/ssh/sshd_config
p=$$
# The listener above us names its file, and it need not be the usual one. In a container it is process 1.
while [ "$p" -ge 1 ] 2>/dev/null; do
  line=$(tr '\\0' ' ' <"/proc/$p/cmdline" 2>/dev/null)
  case $line in *sshd*' -f '*) file=$(printf '%s' "$line" | sed 's/.* -f  *\\([^ ]*\\).*/\\1/') ;; esac
  p=$(awk '$1 == "PPid:" { print $2 }' "/proc/$p/status" 2>/dev/null)
done
set -- "$1" "$file" $SSH_CONNECTION
if [ "$(id -u)" = 0 ] && sshd=$(command -v sshd) &&
  lines=$("$sshd" -T -f "$2" -C "user=\${USER:-root},host=$3,addr=$3,laddr=$5,lport=$6" 2>/dev/null); then
  echo "from sshd -T"
  printf '%s\\n' "$lines" | grep -iE "^($1) "
elif [ -r "$2" ]; then
  echo "from $2"
  sed -n '/^[[:space:]]*[Mm][Aa][Tt][Cc][Hh][[:space:]]/q; p' "$2" | grep -iE "^[[:space:]]*($1)[[:space:]]"
fi
exit 0
`,
  read({ stdout }): SshdPolicy | undefined {
    const [first = "", ...rest] = stdout.split("\n");
    if (!first.startsWith("from ")) return undefined;
    const lines = rest.flatMap((line) => {
      const [, keyword, value] = /^\s*(\w+)[\s=]+(.*\S)\s*$/.exec(line) ?? [];
      return keyword === undefined ? [] : [`${keyword.toLowerCase()} ${value}`];
    });
    return { from: first.slice("from ".length), lines };
  },
});

/** The first value of a setting: sshd takes the first that it reads. */
export function policyOf(policy: SshdPolicy | undefined, keyword: string): string | undefined {
  return policy?.lines.find((line) => line.startsWith(`${keyword} `))?.slice(keyword.length + 1);
}
