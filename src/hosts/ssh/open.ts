import { say } from "../../core/say.ts";
import type { Transport } from "../channel.ts";
import { aliasesInWords, aliasesOf, isNamed } from "./aliases.ts";
import { resolveSsh } from "./config.ts";
import { keyFilesOf } from "./keys.ts";
import type { SshOptions } from "./options.ts";
import { openSsh2 } from "./ssh2Transport.ts";
import { isSshFailure, sshFailure } from "./stage.ts";
import { openSystemSsh } from "./systemSsh.ts";
import type { SshTarget, Surroundings } from "./target.ts";
import { thisMachine } from "./thisMachine.ts";
import { wayOf } from "./way.ts";

/** What `openSsh` needs; `surroundings` are this machine's where absent. */
export interface OpenOptions extends SshOptions {
  readonly surroundings?: Surroundings;
}

/**
 * Connects to a host of the user's SSH configuration: with ssh2, or with the system's ssh where ssh2 cannot log in to it
 * or to a host on the way. Rejects with an SshFailure (stage.ts), one line; nothing is left then.
 */
export async function openSsh(alias: string, options: OpenOptions): Promise<Transport> {
  const surroundings = options.surroundings ?? { ...thisMachine(), env: options.env };
  const target = await resolveSsh(alias, surroundings);
  try {
    return await openTarget(target, surroundings, options);
  } catch (error) {
    throw await misspelled(error, target, surroundings);
  }
}

async function openTarget(
  target: SshTarget,
  { ssh, configFile }: Surroundings,
  options: OpenOptions,
): Promise<Transport> {
  const program = [ssh, ...(configFile === undefined ? [] : ["-F", configFile])];
  const bySystem = (): Promise<Transport> => openSystemSsh(target, { ...options, ssh: program });

  // Where nothing but our own reading resolved the name there is no ssh program to turn to.
  if (target.resolvedBy === "ssh" && (await needsSystem(target))) return bySystem();
  try {
    return await openSsh2(target, options);
  } catch (error) {
    if (target.resolvedBy === "ssh" && isSshFailure(error) && error.noCommonAlgorithm) return bySystem();
    throw error;
  }
}

/** ssh resolves any word: one without an address that no Host line speaks of may be no alias at all. */
async function misspelled(
  error: unknown,
  { alias }: SshTarget,
  surroundings: Surroundings,
): Promise<unknown> {
  const isIts = isSshFailure(error) && error.stage === "resolve" && error.message.startsWith(`${alias}: `);
  if (!isIts || (await isNamed(alias, surroundings))) return error;
  const known = aliasesInWords(await aliasesOf(surroundings));
  return sshFailure(alias, "resolve", say`no address is known for it, and no Host line names it; ${known}`);
}

async function needsSystem(target: SshTarget): Promise<boolean> {
  for (const one of [...target.hops, target]) if (wayOf(one, await keyFilesOf(one)).by === "ssh") return true;
  return false;
}
