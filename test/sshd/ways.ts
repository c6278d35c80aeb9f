import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nobody, type Transport } from "../../src/hosts/channel.ts";
import { resolveSsh } from "../../src/hosts/ssh/config.ts";
import { openSsh2 } from "../../src/hosts/ssh/ssh2Transport.ts";
import type { SshLimits } from "../../src/hosts/ssh/stage.ts";
import { openSystemSsh } from "../../src/hosts/ssh/systemSsh.ts";
import { thisMachine } from "../../src/hosts/ssh/thisMachine.ts";
import { until } from "../lab/server.ts";
import type { Sshd } from "./sshd.ts";

/** Connects to an alias of a configuration file, where nobody can answer. */
export type Open = (alias: string, configFile: string, limits?: Partial<SshLimits>) => Promise<Transport>;

/** Nobody is there to answer. */
export const common = { person: nobody, env: process.env };
/** Both ways, held to the same tests. */
export const ways: Readonly<Record<string, Open>> = {
  ssh2: async (alias, configFile, limits = {}) => {
    const target = await resolveSsh(alias, { ...thisMachine(), configFile });
    return openSsh2(target, { ...common, signal: AbortSignal.timeout(90_000), limits });
  },
  "the system's ssh": async (alias, configFile, limits = {}) => {
    const target = await resolveSsh(alias, { ...thisMachine(), configFile });
    const ssh = ["ssh", "-F", configFile];
    return openSystemSsh(target, { ...common, ssh, signal: AbortSignal.timeout(90_000), limits });
  },
};

/** Opens, works, closes; and whatever happened nothing is left running there. */
export async function using(
  opening: Promise<Transport>,
  sshd: Sshd,
  work: (transport: Transport) => Promise<void>,
): Promise<void> {
  const transport = await opening;
  try {
    await work(transport);
  } finally {
    await transport.close();
  }
  await until(() => sshd.processes().length === 0, "nothing is left on the host");
}

/** A folder for temporary files that only this process uses, so that what is left in it is ours. */
export function ownTemporary(): { left(): string[]; remove(): void } {
  const before = process.env["TMPDIR"];
  const folder = mkdtempSync(join(tmpdir(), "delve-doctor-lab-"));
  chmodSync(folder, 0o755);
  process.env["TMPDIR"] = folder;
  return {
    left: () => readdirSync(folder).filter((name) => !name.startsWith("delve-doctor-sshd-")),
    remove() {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
