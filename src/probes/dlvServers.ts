import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { type DlvServers, readServers } from "./dlvServerFacts.ts";
import { serverEndpoint } from "./serverEndpoint.ts";

/**
 * Every dlv server that can be seen, in whatever network namespace, with its sockets as proc_pid_net(5) shows them.
 * Nothing ever connects to one: whoever connects first to a server for one client is that client. Where one has a
 * connection that it has not taken, all are looked at twice, 300 ms apart, to see which of them works. Undefined for a
 * launch that starts dlv itself; unknown where /proc/net/tcp cannot be read.
 */
export const dlvServers = probe<DlvServers | undefined>({
  id: "dlv-servers",
  args: (launch) => [String(serverEndpoint(launch)?.port ?? "")],
  sh: `
[ -n "$1" ] || exit 0
cat /proc/net/tcp >/dev/null 2>&1 || exit 74
status() { awk -v key="$2:" '$1 == key { print $2; exit }' "/proc/$1/status" 2>/dev/null; }
# The link of another user's process may not be read; its socket tables may, and are ours where it shares our network.
space() {
  readlink "/proc/$1/ns/net" 2>/dev/null ||
    { [ "/proc/$1/net/tcp" -ef /proc/self/net/tcp ] && readlink /proc/self/ns/net; } 2>/dev/null
}
work() { echo "work $1 $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f12,13 | tr ' ' '+') $(awk '$1 == "rchar:" { print $2 }' "/proc/$1/io" 2>/dev/null)"; }
# What follows -- is the program's, and may be secret.
words() { tr '\\000\\n' '\\n ' 2>/dev/null <"/proc/$1/cmdline" | awk '$0 == "--" { exit } { print }'; }
echo "me $(id -u) $(space self)"
p=$$
while [ "\${p:-0}" -gt 1 ]; do echo "above $p"; p=$(status "$p" PPid); done
dlvs= spaces= ports=$1
for f in $(grep -ls '^dlv' /proc/[0-9]*/comm); do
  p=\${f#/proc/}; p=\${p%/comm}
  [ -n "$(words "$p")" ] || continue
  dlvs="$dlvs $p"
  ports="$ports $(words "$p" | awk '/^(--listen|-l)$/ { getline; print } sub(/^(--listen|-l)=/, "") { print }' | sed -n 's/.*:\\([0-9][0-9]*\\)$/\\1/p')"
  echo "dlv $p $(status "$p" Uid) $(status "$p" State) $(sed 's/.*) //' "/proc/$p/stat" | cut -d' ' -f20) $(space "$p") $(status "$p" Name)"
  echo "argv $p $(words "$p" | tr '\\n' '\\037')"
done
for p in self $dlvs; do
  n=$(space "$p")
  case " $spaces " in *" $n "*) continue ;; esac
  spaces="$spaces $n"
  awk -v n="$n" '$1 == "|--" { a = $2 } /host LOCAL/ && !seen[a]++ { print "local", n, a }' "/proc/$p/net/fib_trie" 2>/dev/null
done
rows=$({
  for p in $ports; do echo "port $(printf '%04X' "$p")"; done
  for p in $dlvs; do echo "dlv $p"; done
  seen=
  for p in self $dlvs; do
    n=$(space "$p")
    case " $seen " in *" $n "*) continue ;; esac
    seen="$seen $n"
    cat "/proc/$p/net/tcp" "/proc/$p/net/tcp6" 2>/dev/null | awk -v n="$n" '$4 ~ /^0[128A]$/ { print "tcp", n, $4, $2, $3, $5, $8, $10 }'
  done
  ls -ln /proc/[0-9]*/fd 2>/dev/null | awk '
    index($0, "/proc/") == 1 { split($0, a, "/"); pid = a[3] }
    $NF ~ /^socket:/ { gsub(/[^0-9]/, "", $NF); print "has", pid, $NF }'
} | awk '
  $1 == "port" { on[$2] = 1 }
  $1 == "dlv" { dlv[$2] = 1 }
  $1 == "tcp" { row[++rows] = $0; inode[rows] = $8; split($4, l, ":"); split($5, r, ":"); here[rows] = l[2]; there[rows] = r[2]; any[$8] = $8 != "0" }
  $1 == "has" && any[$3] { who[$3] = who[$3] " " $2; if ($2 in dlv) ours[$3] = 1 }
  END {
    for (i = 1; i <= rows; i++) if (ours[inode[i]]) on[here[i]] = 1
    for (i = 1; i <= rows; i++) if ((here[i] in on) || (there[i] in on)) print row[i] (inode[i] in who ? who[inode[i]] : "")
  }')
[ -z "$rows" ] || echo "$rows"
for p in $(echo "$rows" | awk '{ for (i = 9; i <= NF; i++) if (!seen[$i]++) print $i }'); do
  name=$(status "$p" Name)
  echo "who $p $(status "$p" Uid) $name"
  [ "$name" != docker-proxy ] || echo "argv $p $(words "$p" | tr '\\n' '\\037')"
done
# An awk that is given the files itself ends at the first whose process has just gone.
cat /proc/[0-9]*/status 2>/dev/null | awk -v dlvs="$dlvs" 'BEGIN { split(dlvs, list, " "); for (i in list) dlv[list[i]] }
  $1 == "Name:" { n = $2 } $1 == "State:" { s = $2 } $1 == "Pid:" { p = $2 } $1 == "PPid:" { pp = $2 }
  $1 == "TracerPid:" && ((pp in dlv) || $2 > 0) { print "ps", p, pp, $2, s, n }' | while read -r tag pid parent tracer state name; do
  for p in $dlvs; do
    [ "$parent" != "$p" ] && { [ "$tracer" = 0 ] || [ ! -d "/proc/$p/task/$tracer" ]; } && continue
    echo "under $p $pid $tracer $state $name"
  done
done
echo "$rows" | grep -q '^tcp [^ ]* 0A [^ ]* [^ ]* 0*:0*[1-9A-F]' || exit 0
for p in $dlvs; do work "$p"; done
sleep 0.3 2>/dev/null || sleep 1
for p in $dlvs; do work "$p"; done
exit 0
`,
  read({ code, stdout }, launch): DlvServers | undefined {
    if (code === 74) throw new Error(say`/proc/net/tcp cannot be read here`);
    const at = serverEndpoint(launch);
    return at === undefined ? undefined : readServers(stdout, at);
  },
});
