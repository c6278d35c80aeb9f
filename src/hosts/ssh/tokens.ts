import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Surroundings } from "./target.ts";

/** What the tokens of ssh_config(5), TOKENS, stand for. */
export type Tokens = Readonly<Record<string, string>>;

/** What is known of a target before its tokens are expanded. */
export interface Named {
  readonly alias: string;
  readonly hostname: string;
  readonly port: number;
  readonly user: string;
  readonly hostKeyAlias?: string;
  /** ProxyJump as it stands there; "" where there is none. */
  readonly jump: string;
}

/** The tokens that commands and jump hosts may hold. */
export function commandTokens({ alias, hostname: host, port, user }: Named): Tokens {
  return { "%": "%", h: host, n: alias, p: String(port), r: user };
}

/** The tokens that file names may hold. %j stands in %C since OpenSSH 9.6, and is empty without ProxyJump. */
export function fileTokens(named: Named, surroundings: Surroundings): Tokens {
  const local = hostname();
  const { hostname: host, port, user, jump } = named;
  const hash = createHash("sha1").update(`${local}${host}${port}${user}${jump}`).digest("hex");
  return {
    ...commandTokens(named),
    C: hash,
    d: surroundings.home,
    i: String(process.getuid?.() ?? 0),
    j: jump,
    k: named.hostKeyAlias ?? named.alias,
    L: local.split(".")[0] ?? local,
    l: local,
    u: surroundings.user,
  };
}

/** Puts in what the tokens stand for; one that is not known stays as it is. */
export function expandTokens(text: string, tokens: Tokens): string {
  return text.replace(/%(.)/g, (whole, letter: string) => tokens[letter] ?? whole);
}

/** Expands `~`, `${VARIABLE}` and tokens of a file's name. Another user's `~name` stays as it is. */
export function expandPath(text: string, tokens: Tokens, surroundings: Surroundings): string {
  const home = /^~(?=[/\\]|$)/.test(text) ? join(surroundings.home, text.slice(1)) : text;
  const named = home.replace(/\$\{(\w+)\}/g, (whole, name: string) => surroundings.env[name] ?? whole);
  return expandTokens(named, tokens);
}
