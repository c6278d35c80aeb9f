import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../cli/delveDoctor.ts";
import { type LabFolder, makeFolder } from "../lab/module.ts";
import { freePort } from "../lab/server.ts";
import { skip } from "../lab/skip.ts";
import { withBlocks } from "../sshd/channels.ts";
import { noSshd, type Sshd, startSshd } from "../sshd/sshd.ts";

describe("a host that cannot be reached", () => {
  let sshd: Sshd;
  let nologin: Sshd;
  let here: LabFolder;
  let env: Readonly<Record<string, string>>;
  const diagnose = (on: string) => run(here.folder, ["diagnose", "--program", here.folder, "--on", on], env);

  before(async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    sshd = await startSshd();
    nologin = await startSshd({ shell: "/usr/sbin/nologin" });
    here = makeFolder();
    const closed = await freePort();
    const config = withBlocks(
      sshd,
      "refused",
      `Host closed\nHostName 127.0.0.1\nPort ${closed}`,
      `Host unreadable\nHostName 127.0.0.1\nPort ${sshd.port}\nUserKnownHostsFile ${here.folder}`,
      `Host nologin\nHostName 127.0.0.1\nPort ${nologin.port}\nUser ${nologin.user}\nIdentityFile ${nologin.keys.plain}\nUserKnownHostsFile ${nologin.knownHosts}`,
    );
    writeFileSync(join(here.folder, "ssh"), `#!/bin/sh\nexec /usr/bin/ssh -F '${config}' "$@"\n`, {
      mode: 0o755,
    });
    env = { PATH: `${here.folder}:${process.env["PATH"]}` };
  });
  after(async () => {
    await sshd?.stop();
    await nologin?.stop();
    here?.remove();
  });
  // Whatever got in has to be gone again.
  afterEach(async () => {
    for (let tries = 0; tries < 100 && sshd.processes().length > 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(sshd.processes(), []);
  });

  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["an alias that nobody knows", "ssh:nowhere.invalid", /nowhere\.invalid: (?:resolve|connect): /],
    ["a port on which nothing listens", "ssh:closed", /closed: connect: .*refuse/],
    ["a key that the server does not know", "ssh:stranger", /stranger: authentication: .*publickey/],
    ["a host key that nobody has confirmed", "ssh:unknown", /unknown: host key: .*SHA256:/],
    ["known_hosts that cannot be read", "ssh:unreadable", /unreadable: host key: \S+ cannot be read: /],
    ["an account without a shell", "ssh:nologin", /nologin: .*not available/],
    ["a word that is an option", "ssh:-oProxyCommand=false", /-oProxyCommand/],
    [
      "a container that is not there",
      "podman:no-such-container",
      /podman:no-such-container: (?:tool|container): /,
    ],
  ];
  for (const [name, on, line] of cases) {
    it(`says so in one line: ${name}`, async () => {
      const { code, stdout, stderr } = await diagnose(on);
      assert.match(stderr, line);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
      assert.equal(stdout, "");
      assert.equal(code, 3);
    });
  }

  it("says so in one line: a host key that has changed", async () => {
    await sshd.changeHostKey();
    const { code, stderr } = await diagnose("ssh:lab");
    assert.match(stderr, /lab: host key: .*known_hosts.*ssh-keygen/);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.equal(code, 3);
  });
});
