import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Private keys, made at run time; each has its public half beside it as `.pub`. */
export interface Keys {
  readonly plain: string;
  readonly locked: string;
  /** Opens `locked`. */
  readonly passphrase: string;
  /** A key that the server does not let in. */
  readonly stranger: string;
}

/** Makes an ed25519 key and returns its path. */
export function makeKey(path: string, passphrase = ""): string {
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", passphrase, "-C", "lab", "-f", path]);
  return path;
}

/** Makes the keys of those who connect, and lets the first two in. */
export function writeKeys(folder: string, authorizedKeys: string): Keys {
  const passphrase = "open sesame";
  const keys = {
    plain: makeKey(join(folder, "plain")),
    locked: makeKey(join(folder, "locked"), passphrase),
    passphrase,
    stranger: makeKey(join(folder, "stranger")),
  };
  writeFileSync(
    authorizedKeys,
    readFileSync(`${keys.plain}.pub`, "utf8") + readFileSync(`${keys.locked}.pub`, "utf8"),
  );
  return keys;
}

/** Writes a known_hosts file and an ssh_config with the aliases of Sshd.configFile. */
export function writeClient(
  folder: string,
  server: { host: string; port: number; user: string; hostKey: string; keys: Keys },
): { configFile: string; knownHosts: string; revokedHosts: string } {
  const { host, port, user, hostKey, keys } = server;
  const knownHosts = join(folder, "known_hosts");
  const [type, base64] = readFileSync(`${hostKey}.pub`, "utf8").split(" ");
  writeFileSync(knownHosts, `[${host}]:${port} ${type} ${base64}\n`);
  const revokedHosts = join(folder, "known_hosts_revoked");
  writeFileSync(revokedHosts, `@revoked [${host}]:${port} ${type} ${base64}\n`);
  const nobodyKnown = join(folder, "known_hosts_empty");
  writeFileSync(nobodyKnown, "");

  const aliases: Readonly<Record<string, readonly string[]>> = {
    lab: [`IdentityFile ${keys.plain}`],
    locked: [`IdentityFile ${keys.locked}`],
    password: ["PubkeyAuthentication no"],
    stranger: [`IdentityFile ${keys.stranger}`],
    root: ["User root", `IdentityFile ${keys.plain}`],
    unknown: [`IdentityFile ${keys.plain}`, `UserKnownHostsFile ${nobodyKnown}`],
  };
  const common = [
    `HostName ${host}`,
    `Port ${port}`,
    `User ${user}`,
    `UserKnownHostsFile ${knownHosts}`,
    "GlobalKnownHostsFile /dev/null",
    "IdentitiesOnly yes",
    "IdentityAgent none",
  ];
  const blocks = Object.entries(aliases).map(([alias, lines]) =>
    [`Host ${alias}`, ...lines, ...common].join("\n  "),
  );
  const configFile = join(folder, "ssh_config");
  writeFileSync(configFile, `${blocks.join("\n\n")}\n`);
  return { configFile, knownHosts, revokedHosts };
}
