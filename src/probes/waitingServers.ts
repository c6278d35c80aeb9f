import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { socketAddress } from "../core/socketAddress.ts";
import { kindOf } from "./dlvServerFacts.ts";

/** A headless dlv without --continue that has no client, and whose program has not run one instruction of its own. */
export interface WaitingServer {
  readonly pid: number;
  readonly ppid: number;
  /** dlv's own arguments, without the program's. */
  readonly argv: readonly string[];
  readonly port: number;
  /** The address that reaches it from here; absent where it is in another network namespace. */
  readonly host?: string;
  readonly program: { readonly pid: number; readonly name: string };
}

/**
 * Reads off /proc which programs a dlv has started and not let run: state t, a tracer, and a single thread, where Go's
 * runtime makes more before main. Of these dlv's, those that listen and have no connection. Nothing is connected to.
 * Unknown where there is no /proc/net/tcp.
 */
export const waitingServers = probe<readonly WaitingServer[]>({
  id: "waiting-servers",
  sh: `
cat /proc/net/tcp >/dev/null 2>&1 || exit 74
cat /proc/[0-9]*/status 2>/dev/null | awk '$1 == "Name:" { n = $2 } $1 == "State:" { s = $2 } $1 == "Pid:" { p = $2 } $1 == "TracerPid:" { t = $2 }
  $1 == "Threads:" && s == "t" && t > 0 && $2 == 1 { print p, t, n }' |
while read -r program thread name; do
  dlv=$(awk '$1 == "Tgid:" { print $2 }' "/proc/$thread/status" 2>/dev/null)
  [ -n "$dlv" ] || continue
  { cat "/proc/$dlv/net/tcp" "/proc/$dlv/net/tcp6" 2>/dev/null | awk '$4 == "0A" || $4 == "01" { print "tcp", $10, $4, $2 }'
    ls -ln "/proc/$dlv/fd" 2>/dev/null | awk '$NF ~ /^socket:/ { gsub(/[^0-9]/, "", $NF); print "has", $NF }'
  } | awk -v head="server $dlv $(awk '$1 == "PPid:" { print $2 }' "/proc/$dlv/status") $program" -v name="$name" '
    $1 == "tcp" { state[$2] = $3; at[$2] = $4 }
    $1 == "has" && state[$2] == "0A" { listen = at[$2] }
    $1 == "has" && state[$2] == "01" { clients++ }
    END { if (listen != "" && !clients) print head, listen, name }'
  [ "$(readlink "/proc/$dlv/ns/net" 2>/dev/null)" = "$(readlink /proc/self/ns/net)" ] || echo "apart $dlv"
  echo "argv $dlv $(tr '\\000\\n' '\\n ' <"/proc/$dlv/cmdline" 2>/dev/null | awk '$0 == "--" { exit } { print }' | tr '\\n' '\\037')"
done
exit 0
`,
  read({ code, stdout }): readonly WaitingServer[] {
    if (code === 74) throw new Error(say`/proc/net/tcp cannot be read here`);
    const rows = stdout.matchAll(/^server (\d+) (\d+) (\d+) (\S+) (.*)$/gm);
    const servers = Array.from(rows, ([, pid = "", ppid, program, local = "", name = ""]) => ({
      pid: Number(pid),
      ppid: Number(ppid),
      argv: (new RegExp(`^argv ${pid} (.*)$`, "m").exec(stdout)?.[1] ?? "")
        .split("\u001f")
        .filter((word) => word !== ""),
      port: socketAddress(local).port,
      ...(!new RegExp(`^apart ${pid}$`, "m").test(stdout) && { host: reached(socketAddress(local).host) }),
      program: { pid: Number(program), name },
    }));
    return servers.filter(
      ({ argv }) => kindOf(argv) === "headless" && !argv.some((word) => /^--continue(?:=true)?$/.test(word)),
    );
  },
});

/** A server that listens everywhere is reached at loopback. */
function reached(host: string): string {
  return host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
}
