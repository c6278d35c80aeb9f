import { execFileSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { needDebian } from "../../scripts/setup/debian.ts";

/** A network of two machines: this one, and a network namespace at the other end of a cable of its own. */
export interface Network {
  /** The namespace's name, for `ip netns exec` and SshdOptions.network. */
  readonly namespace: string;
  /** The other machine's address. */
  readonly address: string;
  /** An address of the same network that nobody has: no route to host, after the kernel has asked for it in vain. */
  readonly unused: string;
  /** Pulls the cable: packets vanish, and nobody is told. */
  cut(): void;
  heal(): void;
  close(): void;
}

/** Why this machine can have no network of its own, in words; undefined where it can. */
export function noNetwork(): string | undefined {
  if (process.platform !== "linux") return "network namespaces are Linux's";
  if (process.getuid?.() !== 0) return "only root can make a network namespace";
  try {
    execFileSync("unshare", ["-n", "true"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "this root may not make network namespaces";
  }
}

/**
 * Makes a namespace and a pair of veth ends, one in it and one here, in a /29 of 10.77.0.0/16 that the process id picks.
 * For delay and loss there is slowRelay: `tc netem` is a module that many kernels do not have.
 */
export async function network(): Promise<Network> {
  await needDebian("iproute2");
  const id = process.pid % 8192;
  const namespace = `doctor-lab-${process.pid}`;
  const [here, there] = [`dd${process.pid}a`, `dd${process.pid}b`];
  const at = (host: number): string => `10.77.${id >> 5}.${((id & 31) << 3) + host}`;
  const ip = (...args: string[]): void => {
    execFileSync("ip", args, { stdio: ["ignore", "ignore", "pipe"] });
  };
  const inside = (...args: string[]): void => ip("-n", namespace, ...args);
  const close = (): void => {
    // One end takes the other with it, at once; the namespace alone would take its end along only some time later.
    if (networkInterfaces()[here] !== undefined) ip("link", "del", here);
    ip("netns", "del", namespace);
  };

  ip("netns", "add", namespace);
  try {
    ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", namespace);
    ip("addr", "add", `${at(1)}/29`, "dev", here);
    ip("link", "set", here, "up");
    inside("addr", "add", `${at(2)}/29`, "dev", there);
    inside("link", "set", "lo", "up");
    inside("link", "set", there, "up");
  } catch (error) {
    close();
    throw error;
  }
  return {
    namespace,
    address: at(2),
    unused: at(3),
    cut: () => inside("link", "set", there, "down"),
    heal: () => inside("link", "set", there, "up"),
    close,
  };
}
