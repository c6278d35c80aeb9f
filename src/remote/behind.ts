import { type Behind, behindForwarder, behindPublished } from "../core/behind.ts";
import type { Forwarder } from "../core/forwarder.ts";
import type { Planned } from "../core/launch.ts";
import { say } from "../core/say.ts";
import { localHost } from "../hosts/local.ts";
import type { Machine } from "../hosts/machine.ts";
import { planDlv } from "../proxy/plan.ts";
import type { Endpoint } from "../proxy/sockets.ts";
import { listenerAt } from "../proxy/through.ts";

/** A loopback port of this machine that a launch connects to and that no dlv of this machine has. */
export interface Tunnel {
  /** HOST:PORT, as the configuration names it. */
  readonly address: string;
  /** The program that listens there, where it can be seen. */
  readonly through?: Forwarder;
  /** What is behind it, as far as that can be told from here. */
  readonly proposal?: Behind;
}

/** How long (ms) docker and podman may take to list their containers. */
const listMs = 5000;

/**
 * Looks whether a launch connects to something that is not on this machine, although its address is. Undefined where it
 * starts dlv itself, names another machine, or where dlv or nobody at all listens here. Nothing connects to the port.
 */
export async function tunnelOf({ config, folder, dlv }: Planned): Promise<Tunnel | undefined> {
  const at = endpointOf(config, folder, dlv);
  if (at === undefined) return undefined;
  const listener = listenerAt(at);
  if (listener === undefined || listener === "dlv") return undefined;
  const through = typeof listener === "object" ? listener : undefined;
  const told = through && behindForwarder(through, at.port);
  // A published port may be the kernel's alone to forward, or a helper's of any name: the tools know.
  const proposal = told ?? (through?.name === "ssh" ? undefined : await published(at.port));
  if (listener === "nobody" && proposal === undefined) return undefined;
  const address = at.host.includes(":") ? `[${at.host}]:${at.port}` : `${at.host}:${at.port}`;
  return { address, ...(through && { through }), ...(proposal && { proposal }) };
}

/** Who listens at the near end, as a person finds it. */
export function listenerOf({ address, through }: Tunnel): string {
  return through === undefined
    ? say`${address} is passed on`
    : say`${through.name} (pid ${through.pid}) listens at ${address}`;
}

/** Why a server behind a tunnel was not looked at. `how` says what would look there. */
export function untold(tunnel: Tunnel, how: string): string {
  const { proposal } = tunnel;
  const listener = listenerOf(tunnel);
  return proposal === undefined
    ? say`${listener}, and what is behind it was not said: ${how}`
    : say`${listener}, and what is behind it was not said: ${how}; it seems to be ${proposal.on}, where dlv would have port ${proposal.port}`;
}

/** The same launch as the machine behind the tunnel sees it: dlv's port is there on loopback, and our paths are not. */
export function launchBehind<L extends Planned>(
  launch: L,
  { port }: Behind,
  { profile }: Pick<Machine, "profile">,
): L {
  const { config, folder } = launch;
  return {
    ...launch,
    config: { ...config, host: "127.0.0.1", port },
    folder: profile.home,
    nearFolder: folder,
    cwd: profile.home,
    dlv: profile.dlv ?? "dlv",
  };
}

function endpointOf(config: Planned["config"], folder: string, dlv: string): Endpoint | undefined {
  try {
    const plan = planDlv(config, { folder, dlv, env: {} });
    return plan.kind === "connect" ? plan : undefined;
  } catch {
    // What is wrong with the configuration is told by the launch itself.
    return undefined;
  }
}

async function published(port: number): Promise<Behind | undefined> {
  for (const tool of ["docker", "podman"] as const) {
    const argv = [tool, "ps", "--format", "{{.Names}}\t{{.Ports}}"];
    const said = await localHost.run({ argv }, { ms: listMs, bytes: 1_000_000 }).then(
      ({ stdout }) => stdout,
      () => "",
    );
    const found = behindPublished(tool, said, port);
    if (found !== undefined) return found;
  }
  return undefined;
}
