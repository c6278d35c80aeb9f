import SshConfig, { type Directive, type Line, type Section } from "ssh-config";
import { say } from "../../core/say.ts";
import { type Address, readAddress } from "./address.ts";
import { matchesPatterns } from "./hostPatterns.ts";
import { configPaths, includedPaths, maxDepth, readConfig } from "./include.ts";
import type { Settings } from "./settings.ts";
import { sshFailure } from "./stage.ts";
import type { Surroundings } from "./target.ts";
import { expandTokens } from "./tokens.ts";

/**
 * What `ssh -G` would say, read from the configuration files where there is no ssh program. Follows Host, Include and
 * Match with all, final, host, originalhost, user and localuser. Does not: run `Match exec` (never true here), know
 * negated or newer criteria of Match (never true), look at an Include inside a Match, make host names canonical, or know
 * ssh's own lists of algorithms. Nothing of the configuration is run.
 */
export async function settingsFromFile(address: Address, surroundings: Surroundings): Promise<Settings> {
  const { host, user, port } = destination(address);
  const merged = SshConfig.parse("");
  for (const path of configPaths(surroundings)) merged.push(...(await load(path, host, surroundings, 0)));
  const query = { Host: host, ...(user !== undefined && { User: user }) };
  const computed = merged.compute(query, { ignoreCase: true, matchExec: false });

  const settings = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(computed)) settings.set(key, [...new Set([value].flat())]);
  settings.set("host", [host]);
  if (!settings.has("hostname")) settings.set("hostname", [host.toLowerCase()]);
  if (port !== undefined) settings.set("port", [String(port)]);
  return settings;
}

/** `user@host` and URIs come as one word from the person, as ssh takes them. */
function destination({ host, ...given }: Address): Address {
  const at = host.lastIndexOf("@");
  const read = host.startsWith("ssh://") ? readAddress(host) : undefined;
  const parts = read ?? (at < 0 ? { host } : { host: host.slice(at + 1), user: host.slice(0, at) });
  return { ...parts, ...given };
}

/** The lines of a file, those of the files it includes in their places. */
async function load(path: string, host: string, surroundings: Surroundings, depth: number): Promise<Line[]> {
  const text = depth > maxDepth ? undefined : await readConfig(path);
  if (text === undefined) return [];
  const includes = async (line: Directive): Promise<Line[]> => {
    const inner = await includedPaths(wordsOf(line), path, surroundings);
    return (await Promise.all(inner.map((one) => load(one, host, surroundings, depth + 1)))).flat();
  };
  const lines: Line[] = [];
  for (const line of parse(text, path, host)) {
    if (!isDirective(line)) continue;
    if (isSection(line)) lines.push(...(await flatten(line, host, includes)));
    else if (line.param.toLowerCase() === "include") lines.push(...(await includes(line)));
    else lines.push(...usable(line, host));
  }
  return lines;
}

/** A section without its Includes: what they bring stands between the part before and the part behind. */
async function flatten(
  section: Section,
  host: string,
  includes: (line: Directive) => Promise<Line[]>,
): Promise<Line[]> {
  const part = (lines: readonly Line[]): Section => {
    const config = SshConfig.parse("");
    config.push(...lines);
    return { ...section, config };
  };
  const applies = section.param.toLowerCase() === "host" && matchesPatterns(host, wordsOf(section));
  const flat: Line[] = [];
  let own: Line[] = [];
  for (const line of section.config) {
    if (!isDirective(line)) continue;
    if (line.param.toLowerCase() !== "include") own.push(...usable(line, host));
    else if (applies) {
      flat.push(part(own), ...(await includes(line)));
      own = [];
    }
  }
  return [...flat, part(own)];
}

function parse(text: string, path: string, host: string): Line[] {
  try {
    return SshConfig.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw sshFailure(host, "resolve", say`${path} cannot be read: ${why}`);
  }
}

/**
 * A line as the parser's own arithmetic needs it: it knows HostName and User in one spelling only, and no tokens when a
 * Match asks for the host. Canonical names, which it would look up with nslookup, are left alone.
 */
function usable(line: Directive, host: string): Line[] {
  switch (line.param.toLowerCase()) {
    case "canonicalizehostname":
      return [];
    case "user":
      return [{ ...line, param: "User" }];
    case "hostname": {
      const value = expandTokens(wordsOf(line)[0] ?? host, { "%": "%", h: host });
      return [{ ...line, param: "HostName", value: value.toLowerCase() }];
    }
    default:
      return [line];
  }
}

function wordsOf({ value }: Directive): string[] {
  return typeof value === "string" ? value.split(/\s+/) : value.map(({ val }) => val);
}

function isDirective(line: Line): line is Directive | Section {
  return "param" in line;
}

function isSection(line: Line): line is Section {
  return "config" in line;
}
