import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LabFolder, labEnv, makeFolder } from "../lab/module.ts";
import { skip } from "../lab/skip.ts";
import { dlv, go } from "../lab/tools.ts";
import { noSshd, type Sshd, type SshdOptions, startSshd } from "../sshd/sshd.ts";

const files = {
  "go.mod": "module example.com/app\n\ngo 1.22\n",
  "main.go": "package main\n\nfunc main() {\n\tx := 1\n\tprintln(x)\n\tselect {}\n}\n",
};

/** A private sshd with a workspace on both sides, and a user who has dlv in ~/go/bin and go on the login PATH only. */
export interface Lab {
  readonly sshd: Sshd;
  readonly here: LabFolder;
  readonly there: string;
  readonly env: Readonly<Record<string, string>>;
  /** The words of every command line. */
  readonly on: readonly string[];
  close(): Promise<void>;
}

export async function makeLab(options: SshdOptions = {}): Promise<Lab> {
  const goBin = dirname(await go());
  const home = {
    // What a person's shell prints before anything is asked must not matter.
    ".bashrc": "echo welcome; echo warning >&2\n",
    ".profile": `PATH=$PATH:${goBin}\n`,
  };
  const sshd = await startSshd({ home, ...options });
  const here = makeFolder(files);
  const there = join(sshd.home, "app");
  cpSync(here.folder, there, { recursive: true });
  const build = ["build", "-gcflags=all=-N -l", "-o", join(there, "app"), "."];
  const env = { ...process.env, ...(await labEnv()), CGO_ENABLED: "0" };
  execFileSync(await go(), build, { cwd: there, env });
  // An unprivileged user cannot see into root's caches.
  mkdirSync(join(sshd.home, "go", "bin"), { recursive: true });
  cpSync(await dlv(), join(sshd.home, "go", "bin", "dlv"));
  own(sshd);
  const ssh = join(here.folder, "ssh");
  writeFileSync(ssh, `#!/bin/sh\nexec /usr/bin/ssh -F '${sshd.configFile}' "$@"\n`, { mode: 0o755 });
  return {
    sshd,
    here,
    there,
    env: { PATH: `${here.folder}:${process.env["PATH"]}` },
    on: ["--on", "ssh:lab", "--remote-folder", there],
    async close() {
      await sshd.stop();
      here.remove();
    },
  };
}

/** Everything that a test put there belongs to the user there. */
function own({ home, uid }: Sshd): void {
  execFileSync("chown", ["-R", String(uid), home]);
}

/** Nothing runs there any more, and no binary of a killed build lies there. */
export async function nothingLeft({ sshd, there }: Lab): Promise<void> {
  for (let tries = 0; tries < 300 && sshd.processes().length > 0; tries += 1) await sleep(50);
  assert.deepEqual(sshd.processes(), []);
  assert.deepEqual(
    readdirSync(there).filter((name) => name.startsWith("__debug_bin")),
    [],
  );
}

export function skipWithout(context: Mocha.Context): void {
  const why = noSshd();
  if (why !== undefined) skip(context, why);
}
