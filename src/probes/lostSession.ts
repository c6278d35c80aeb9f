import type { Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { socketAddress } from "../core/socketAddress.ts";

/** How the host sees a connection that was lost here. */
export interface LostSession {
  /** The host still has it as ESTABLISHED: it was never told of an end. */
  readonly established: boolean;
  /** How long (ms) the host has been up. */
  readonly upMs: number;
}

/** Looks on the host, over a new connection, for the old one. Undefined where none was lost or it had no known address. */
export const lostSession = probe({
  id: "lost-session",
  args: (launch) => [clientOf(launch)?.port.toString() ?? ""],
  sh: `
[ -n "$1" ] && [ -r /proc/net/tcp ] || exit 0
cut -d' ' -f1 /proc/uptime
cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
  awk -v port="$(printf '%04X' "$1")" '$4 == "01" && $3 ~ ":" port "$" { print $3 }'
exit 0
`,
  read({ stdout }, launch): LostSession | undefined {
    const client = clientOf(launch);
    const [up = "", ...peers] = stdout.trim().split("\n");
    if (client === undefined || up === "") return undefined;
    return {
      established: peers.some((peer) => socketAddress(peer).host === client.host),
      upMs: Number(up) * 1000,
    };
  },
});

function clientOf({ timeline }: Launch): { readonly host: string; readonly port: number } | undefined {
  const [host = "", port] = timeline.link?.lostClient?.split(" ") ?? [];
  return host === "" || !(Number(port) > 0) ? undefined : { host, port: Number(port) };
}
