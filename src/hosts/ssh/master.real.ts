import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { skip } from "../../../test/lab/skip.ts";
import { noSshd, type Sshd, startSshd } from "../../../test/sshd/sshd.ts";

const own = (name: string) => JSON.stringify(pathToFileURL(`${import.meta.dirname}/${name}`).href);

/** Connects with the system's ssh as the doctor does, and never leaves. */
const doctor = (configFile: string) => `
  import { nobody } from ${own("../channel.ts")};
  import { resolveSsh } from ${own("config.ts")};
  import { thisMachine } from ${own("thisMachine.ts")};
  import { openSystemSsh } from ${own("systemSsh.ts")};
  const file = ${JSON.stringify(configFile)};
  const target = await resolveSsh("lab", { ...thisMachine(), configFile: file });
  const signal = new AbortController().signal;
  const way = await openSystemSsh(target, { person: nobody, env: process.env, signal, ssh: ["ssh", "-F", file] });
  await way.shell();
  console.log("connected");
`;

describe("the master connection of the system's ssh", () => {
  let sshd: Sshd;
  before(async function () {
    this.timeout(300_000);
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    sshd = await startSshd();
  });
  after(() => sshd?.stop());

  const left = () =>
    execFileSync("ps", ["-e", "-o", "args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.startsWith(`ssh -F ${sshd.configFile} `));

  it("ends with the process that made it, however that ends", async () => {
    const argv = ["--import", "tsx", "--input-type=module", "-e", doctor(sshd.configFile)];
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    const [folder = ""] = /\S*delve-doctor-ssh-\w+/.exec(left().join("\n")) ?? [];
    assert.ok(existsSync(folder));
    child.kill("SIGKILL");
    const end = performance.now() + 30_000;
    while (left().length > 0 || existsSync(folder) || sshd.processes().length > 0) {
      assert.ok(performance.now() < end, `still there: ${left().join("; ") || folder}`);
      await sleep(50);
    }
  });
});
