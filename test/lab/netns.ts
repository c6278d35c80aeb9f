import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../src/core/host.ts";
import { localHost } from "../../src/hosts/local.ts";

/** A network of its own, as a container has one: loopback, and an address that this machine can reach. */
export interface Network {
  /** The address inside. */
  readonly address: string;
  /** What runs a program inside: put before its argv. */
  readonly inside: readonly string[];
  /** Commands run inside, as `docker exec` runs them. */
  readonly host: Host;
  remove(): void;
}

/** Makes a network namespace joined to ours by a veth pair. Needs root. */
export function makeNetwork(): Network {
  const id = process.pid.toString(36);
  const space = `dd-${id}`;
  // The last address block that documentation may use (RFC 5737); each process has its own /30 of it.
  const base = (process.pid % 62) * 4;
  const [outer, address] = [`203.0.113.${base + 1}`, `203.0.113.${base + 2}`];
  const ip = (...args: readonly string[]) => execFileSync("ip", args, { stdio: "pipe" });
  ip("netns", "add", space);
  const inside = ["ip", "netns", "exec", space];
  try {
    ip("link", "add", `dd${id}`, "type", "veth", "peer", "name", "eth0", "netns", space);
    ip("address", "add", `${outer}/30`, "dev", `dd${id}`);
    ip("link", "set", `dd${id}`, "up");
    ip("-n", space, "address", "add", `${address}/30`, "dev", "eth0");
    ip("-n", space, "link", "set", "eth0", "up");
    ip("-n", space, "link", "set", "lo", "up");
  } catch (error) {
    ip("netns", "delete", space);
    throw error;
  }
  return {
    address,
    inside,
    host: {
      kind: "docker",
      name: space,
      run: (command, limits) => localHost.run({ ...command, argv: [...inside, ...command.argv] }, limits),
    },
    remove: () => void ip("netns", "delete", space),
  };
}

/** Takes connections outside and makes one of its own for each, to where `to` says or through a command. */
const relay = `
const { createServer, connect } = require("net");
const { spawn } = require("child_process");
const flag = (name) => process.argv[process.argv.indexOf(name) + 1];
const command = process.argv.includes("--") ? process.argv.slice(process.argv.indexOf("--") + 1) : undefined;
createServer({ allowHalfOpen: true }, (client) => {
  client.on("error", () => {});
  if (command) {
    const child = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
    child.stdin.on("error", () => {});
    client.pipe(child.stdin);
    child.stdout.pipe(client);
    return;
  }
  const server = connect(Number(flag("-container-port")), flag("-container-ip"));
  server.on("error", () => client.destroy());
  client.on("close", () => server.destroy());
  client.pipe(server).pipe(client);
}).listen(Number(flag("-host-port")), flag("-host-ip"), () => console.log("relaying"));
`;

/** Joins its standard streams to a port on loopback, as the agent of `kubectl port-forward` does in the pod's network. */
const dial = `const s = require("net").connect(Number(process.argv[1]), "127.0.0.1");
s.on("error", () => process.exit(1)); process.stdin.pipe(s).pipe(process.stdout);`;

/**
 * The argv of a stand-in for docker-proxy, under its name and with its flags: it takes connections on loopback and passes
 * them on to the container's own address. `folder` gets its two files.
 */
export function dockerProxy(folder: string, port: number, to: string): string[] {
  const script = join(folder, "relay.cjs");
  const program = join(folder, "docker-proxy");
  writeFileSync(script, relay);
  symlinkSync(process.execPath, program);
  const host = ["-proto", "tcp", "-host-ip", "127.0.0.1", "-host-port", String(port)];
  return [program, script, ...host, "-container-ip", to, "-container-port", String(port)];
}

/** The argv of a stand-in for `kubectl port-forward`: each connection is passed on to loopback inside. */
export function portForward(folder: string, port: number, { inside }: Network): string[] {
  const script = join(folder, "relay.cjs");
  writeFileSync(script, relay);
  const host = ["-host-ip", "127.0.0.1", "-host-port", String(port)];
  return [process.execPath, script, ...host, "--", ...inside, process.execPath, "-e", dial, String(port)];
}
