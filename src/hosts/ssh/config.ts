import { say } from "../../core/say.ts";
import { localHost } from "../local.ts";
import { type Address, readJumps } from "./address.ts";
import { type Built, buildTarget } from "./buildTarget.ts";
import { settingsFromFile } from "./configFile.ts";
import { readSettings } from "./settings.ts";
import { sshFailure } from "./stage.ts";
import type { SshTarget, Surroundings } from "./target.ts";

/** `Match exec` may run any command, so `ssh -G` may take long. */
const usualMs = 15_000;

/** More than ssh prints of any host. */
const maxBytes = 200_000;

/** More hops than anybody has; fewer than a loop of names that change at every turn. */
const maxHops = 16;

/**
 * Resolves one word of the user (an alias of ~/.ssh/config, a host name, user@host or ssh://user@host:port) to all that
 * a connection needs: by `ssh -G`, so that Include, Match and tokens mean what they mean to ssh, or by reading the file
 * where there is no ssh program. ssh resolves any word at all: whether such a host exists shows only on connecting.
 * Rejects with an SshFailure of the stage "resolve", where ssh takes longer than `limitMs` too.
 */
export async function resolveSsh(
  alias: string,
  surroundings: Surroundings,
  limitMs = usualMs,
): Promise<SshTarget> {
  const why = refusal(alias);
  if (why !== undefined) throw sshFailure(printable(alias), "resolve", why);
  return withHops(await build({ host: alias }, surroundings, limitMs), [], surroundings, limitMs);
}

/** Puts the hosts on the way into a target. `behind` are those that this one is itself a hop to. */
async function withHops(
  { target, jump }: Built,
  behind: readonly SshTarget[],
  surroundings: Surroundings,
  limitMs: number,
): Promise<SshTarget> {
  const jumps = readJumps(jump);
  if (jumps === undefined)
    throw sshFailure(target.alias, "resolve", say`its ProxyJump cannot be read: ${jump ?? ""}`);
  const trail = [target, ...behind];
  const [nearest, ...others] = await Promise.all(
    jumps.map((address) => build(address, surroundings, limitMs)),
  );
  if (nearest === undefined) return target;
  const loop = [nearest, ...others].find((hop) => trail.some((past) => isSame(past, hop.target)));
  if (loop !== undefined || trail.length > maxHops)
    throw sshFailure(target.alias, "resolve", say`its ProxyJump leads in a circle, through ${jump ?? ""}`);
  // As `ssh -J a,b c` does: a's own way counts, and b is reached through a whatever b's configuration says.
  const first = await withHops(nearest, trail, surroundings, limitMs);
  const rest = others.map((hop): SshTarget => {
    const { proxyCommand: _, ...direct } = hop.target;
    return direct;
  });
  return { ...target, hops: [...first.hops, { ...first, hops: [] }, ...rest] };
}

async function build(address: Address, surroundings: Surroundings, limitMs: number): Promise<Built> {
  const { host, user, port } = address;
  const argv = [
    surroundings.ssh,
    "-T",
    ...(surroundings.configFile === undefined ? [] : ["-F", surroundings.configFile]),
    ...(user === undefined ? [] : ["-l", user]),
    ...(port === undefined ? [] : ["-p", String(port)]),
    "-G",
    "--",
    host,
  ];
  const limits = { ms: limitMs, bytes: maxBytes };
  const answer = await localHost
    .run({ argv, env: defined(surroundings.env) }, limits)
    .catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw sshFailure(host, "resolve", say`${surroundings.ssh} could not be started: ${String(error)}`);
    });
  if (answer === undefined) {
    const settings = await settingsFromFile(address, surroundings);
    return buildTarget(host, settings, surroundings, "file");
  }
  if (answer.timedOut)
    throw sshFailure(host, "resolve", say`ssh -G took longer than ${limitMs / 1000} s (a Match exec?)`);
  if (answer.code !== 0)
    throw sshFailure(
      host,
      "resolve",
      answer.stderr.trim() || say`ssh -G ended with status ${String(answer.code)}`,
    );
  return buildTarget(host, readSettings(answer.stdout), surroundings, "ssh");
}

/**
 * Why a word is not given to ssh at all; undefined where it may be. It may end in a shell's line, a ProxyCommand or a
 * Match exec with %h, %n or %r: OpenSSH refuses there what a shell would obey since its 9.6, and others run it.
 */
function refusal(alias: string): string | undefined {
  if (alias === "") return say`no host is named`;
  if (/^(ssh:\/\/)?(.*@)?-/.test(alias)) return say`a host's name does not begin with a dash`;
  if (/\p{Cc}|\s/u.test(alias)) return say`a host's name holds no blanks and no control characters`;
  return /['"`$;&<>|(){}]|\\[^@]*$/.test(alias)
    ? say`a host's name holds nothing that a shell obeys`
    : undefined;
}

function printable(alias: string): string {
  return alias.replace(/\p{Cc}/gu, "?") || say`(no host)`;
}

function isSame(a: SshTarget, b: SshTarget): boolean {
  return a.hostname === b.hostname && a.port === b.port && a.user === b.user;
}

function defined(env: Surroundings["env"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
