import { agentOf, isThere } from "./keys.ts";
import { all, isOn, list, one, paths, type Settings, seconds } from "./settings.ts";
import type { SshTarget, Surroundings } from "./target.ts";
import { commandTokens, expandPath, expandTokens, fileTokens, type Named } from "./tokens.ts";

/** What OpenSSH tries where no IdentityFile is named. */
const usualKeys = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"];

const usualKnownHosts = ["known_hosts", "known_hosts2"];

/** A target that is complete but for the hosts on the way to it, which stand in `jump` as the configuration has them. */
export interface Built {
  readonly target: SshTarget;
  /** ProxyJump with its tokens expanded; "" where there is none. */
  readonly jump: string;
}

/** Makes a target of settings. `alias` is the word that was asked for, for settings that do not name it. */
export async function buildTarget(
  alias: string,
  settings: Settings,
  surroundings: Surroundings,
  resolvedBy: SshTarget["resolvedBy"],
): Promise<Built> {
  const hostKeyAlias = one(settings, "hostkeyalias");
  const asked = settings.get("host")?.[0] ?? alias;
  const jump = one(settings, "proxyjump") ?? "";
  const named: Named = {
    alias: asked,
    hostname: one(settings, "hostname") ?? asked.toLowerCase(),
    port: Number(one(settings, "port") ?? 22),
    user: one(settings, "user") ?? surroundings.user,
    jump,
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
  };
  const tokens = fileTokens(named, surroundings);
  const path = (text: string) => expandPath(text, tokens, surroundings);
  const connectSeconds = seconds(settings, "connecttimeout");
  const preferred = list(settings, "preferredauthentications").map((method) => method.toLowerCase());
  const identityAgent = settings.get("identityagent")?.[0];
  const pkcs11 = one(settings, "pkcs11provider");
  const command = jump === "" ? one(settings, "proxycommand") : undefined;
  const inSsh = (names: readonly string[]) => names.map((name) => `~/.ssh/${name}`);

  const target: SshTarget = {
    alias: named.alias,
    hostname: named.hostname,
    port: named.port,
    user: named.user,
    identityFiles: await Promise.all(
      (settings.has("identityfile") ? all(settings, "identityfile") : inSsh(usualKeys)).map(async (text) => ({
        path: path(text),
        exists: await isThere(path(text)),
      })),
    ),
    certificateFiles: await existing(all(settings, "certificatefile").map(path)),
    agent: agentOf(identityAgent === undefined ? undefined : path(identityAgent), surroundings),
    identitiesOnly: isOn(settings, "identitiesonly", false),
    ...(pkcs11 !== undefined && { pkcs11Provider: pkcs11 }),
    hops: [],
    ...(command !== undefined && { proxyCommand: expandTokens(command, commandTokens(named)) }),
    userKnownHostsFiles: (settings.has("userknownhostsfile")
      ? paths(settings, "userknownhostsfile")
      : inSsh(usualKnownHosts)
    ).map(path),
    globalKnownHostsFiles: (settings.has("globalknownhostsfile")
      ? paths(settings, "globalknownhostsfile")
      : ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"]
    ).map(path),
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    strictHostKeyChecking: strictness(one(settings, "stricthostkeychecking")),
    hashKnownHosts: isOn(settings, "hashknownhosts", false),
    serverAliveSeconds: seconds(settings, "serveraliveinterval") ?? 0,
    serverAliveCount: Number(one(settings, "serveralivecountmax") ?? 3),
    ...(connectSeconds !== undefined && connectSeconds > 0 && { connectSeconds }),
    ...(preferred.length > 0 && { preferredAuthentications: preferred }),
    pubkeyAuthentication: isOn(settings, "pubkeyauthentication", true),
    passwordAuthentication: isOn(settings, "passwordauthentication", true),
    kbdInteractiveAuthentication: isOn(settings, "kbdinteractiveauthentication", true),
    gssapiAuthentication: isOn(settings, "gssapiauthentication", false),
    kexAlgorithms: list(settings, "kexalgorithms"),
    hostKeyAlgorithms: list(settings, "hostkeyalgorithms"),
    resolvedBy,
  };
  return { target, jump: expandTokens(jump, commandTokens(named)) };
}

function strictness(value: string | undefined): SshTarget["strictHostKeyChecking"] {
  switch (value?.toLowerCase()) {
    case "yes":
    case "true":
      return "yes";
    case "no":
    case "false":
    case "off":
      return "no";
    case "accept-new":
      return "accept-new";
    default:
      return "ask";
  }
}

async function existing(files: readonly string[]): Promise<string[]> {
  const there = await Promise.all(files.map(isThere));
  return files.filter((_, index) => there[index]);
}
