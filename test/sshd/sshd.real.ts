import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { until } from "../lab/server.ts";
import { skip } from "../lab/skip.ts";
import { noSshd, type Sshd, startSshd } from "./sshd.ts";

const run = promisify(execFile);

function ssh(sshd: Sshd, alias: string, ...command: string[]): Promise<{ stdout: string; stderr: string }> {
  return run("ssh", ["-F", sshd.configFile, "-o", "BatchMode=yes", alias, ...command]);
}

describe("a private sshd", function () {
  this.timeout(60_000);
  let sshd: Sshd;
  before(async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    sshd = await startSshd({ home: { ".bashrc": "export NOISE=1\n" } });
  });
  after(async () => {
    await sshd?.stop();
  });

  it("lets its own user in by key, in its own home, with a PATH without Go", async () => {
    const { stdout } = await ssh(sshd, "lab", "id -un; pwd; echo $NOISE; command -v go || echo none");
    assert.equal(stdout, `doctor\n${sshd.home}\n1\nnone\n`);
  });

  it("refuses a stranger, and whoever does not know its key does not go on", async () => {
    await assert.rejects(ssh(sshd, "stranger", "true"), /Permission denied \(publickey\)/);
    await assert.rejects(ssh(sshd, "unknown", "true"), /Host key verification failed/);
  });

  it("shows what runs there and nothing else, and cuts it off", async () => {
    const there = assert.rejects(
      ssh(sshd, "lab", "exec sleep 1000"),
      /closed by remote host|Connection closed|reset/,
    );
    await until(() => sshd.processes().some(({ argv }) => argv.includes("1000")), "sleep runs");
    assert.deepEqual(
      sshd.processes().map(({ argv }) => argv),
      [["sleep", "1000"]],
    );
    sshd.cutConnections();
    await there;
  });

  it("comes back with another host key", async () => {
    await sshd.changeHostKey();
    await assert.rejects(ssh(sshd, "lab", "true"), /REMOTE HOST IDENTIFICATION HAS CHANGED/);
  });

  it("leaves nothing", async () => {
    const own = await startSshd();
    await ssh(own, "root", "setsid sleep 1001 > /dev/null 2>&1 < /dev/null &");
    await until(() => own.processes().length > 0, "an orphan runs");
    const pids = own.processes().map(({ pid }) => pid);
    await own.stop();
    await until(() => pids.every((pid) => !existsSync(`/proc/${pid}`)), "the orphan is gone");
    assert.equal(existsSync(dirname(own.configFile)), false);
  });
});
