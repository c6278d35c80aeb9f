import { type Forwarder, forwardedTo, plainWords, sshLogin, sshWords } from "./forwarder.ts";

/** What is behind a port of this machine: a host, as --on has it, and the port that dlv has there. */
export interface Behind {
  readonly on: string;
  readonly port: number;
}

/** Reads "ssh:build7 4000"; undefined for any other text. */
export function readBehind(text: string): Behind | undefined {
  const [, on, digits] = /^((?:ssh|docker|podman|kubectl):\S+)\s+(\d{1,5})$/.exec(text.trim()) ?? [];
  const port = portOf(digits);
  return on === undefined || port === undefined ? undefined : { on, port };
}

/** The same as text. */
export function behindText({ on, port }: Behind): string {
  return `${on} ${port}`;
}

/** The word for a port that nothing is behind. */
export const nothingBehind = "local";

/** True for what can be remembered of a port. */
export function isSaid(text: string): boolean {
  return text === nothingBehind || readBehind(text) !== undefined;
}

/** What is remembered of an address among others ("127.0.0.1:2345": "ssh:build7 4000"); undefined where that is nothing, or no such text. */
export function saidOf(hosts: unknown, address: string): string | undefined {
  if (typeof hosts !== "object" || hosts === null || !Object.hasOwn(hosts, address)) return undefined;
  const said = (hosts as Readonly<Record<string, unknown>>)[address];
  return typeof said === "string" && isSaid(said) ? said : undefined;
}

/**
 * Where a program that forwards `port` of this machine passes connections on to, by its command line: a proposal, since
 * that says neither which configuration the program read nor what its words mean there. Undefined where it says nothing.
 */
export function behindForwarder(forwarder: Forwarder, port: number): Behind | undefined {
  return behindSsh(forwarder, port) ?? behindKubectl(forwarder, port);
}

function behindSsh(forwarder: Forwarder, port: number): Behind | undefined {
  const login = sshLogin(forwarder);
  if (login === undefined) return undefined;
  const { options, destination } = sshWords(forwarder.argv);
  const last = (wanted: string) => options.findLast(([letter]) => letter === wanted)?.[1];
  const to = options.flatMap(([letter, value = ""]) => (letter === "L" ? forwarded(value, port) : []))[0];
  if (to === undefined || destination === undefined) return undefined;
  // What ssh reaches beyond its own host is another machine, by the name that it has there.
  if (!isLoopback(to.host)) return { on: `ssh:${to.host}`, port: to.port };
  if (destination.startsWith("ssh://")) return { on: `ssh:${destination}`, port: to.port };
  const [user, sshPort] = [last("l"), last("p")];
  const named = user === undefined || destination.includes("@") ? destination : `${user}@${destination}`;
  return { on: sshPort === undefined ? `ssh:${named}` : `ssh:ssh://${named}:${sshPort}`, port: to.port };
}

/** The far side of a LocalForward, [BIND:]PORT:HOST:HOSTPORT, where it is this port's. */
function forwarded(spec: string, port: number): { host: string; port: number }[] {
  const [, own, host = "", far] =
    /^(?:(?:\[[^\]]*\]|[^:[\]]*):)?(\d+):(\[[^\]]+\]|[^:[\]]+):(\d+)$/.exec(spec) ?? [];
  const there = portOf(far);
  return Number(own) === port && there !== undefined
    ? [{ host: host.replace(/^\[|\]$/g, ""), port: there }]
    : [];
}

/** `kubectl port-forward POD [LOCAL:]REMOTE`. A service or a deployment picks its pod by itself, and does not say which. */
function behindKubectl(forwarder: Forwarder, port: number): Behind | undefined {
  const [, pod] = /^(?:pods?\/|po\/)?([a-z0-9.-]+)$/.exec(forwardedTo(forwarder) ?? "") ?? [];
  if (pod === undefined) return undefined;
  const words = forwarder.argv.slice(1);
  const pairs = plainWords(words.slice(words.indexOf("port-forward") + 1)).slice(1);
  const pair = pairs.map((word) => word.split(":")).find(([local]) => local === String(port));
  const there = portOf(pair?.at(-1));
  if (there === undefined) return undefined;
  const at = words.findIndex((word) => /^(-n|--namespace)(=|$)/.test(word));
  const namespace = at < 0 ? undefined : (words[at]?.split("=")[1] ?? words[at + 1]);
  return { on: `kubectl:${namespace === undefined ? "" : `${namespace}/`}${pod}`, port: there };
}

/** The container that publishes a port, from `docker ps` or `podman ps --format '{{.Names}}\t{{.Ports}}'`. */
export function behindPublished(tool: "docker" | "podman", said: string, port: number): Behind | undefined {
  for (const line of said.split("\n")) {
    const [names = "", ports = ""] = line.split("\t");
    for (const one of ports.split(", ")) {
      const [, from, to = from, inside] = /:(\d+)(?:-(\d+))?->(\d+)(?:-\d+)?\/tcp$/.exec(one) ?? [];
      const first = portOf(from);
      if (first === undefined || port < first || port > Number(to)) continue;
      const [name] = names.split(",");
      return { on: `${tool}:${name}`, port: Number(inside) + port - first };
    }
  }
  return undefined;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.[\d.]+|::1)$/.test(host);
}

function portOf(digits: string | undefined): number | undefined {
  const port = Number(digits ?? 0);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}
