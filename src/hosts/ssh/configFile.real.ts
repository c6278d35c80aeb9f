import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type SshFolder, sshFolder } from "../../../test/lab/sshConfig.ts";
import { aliasesOf, isNamed } from "./aliases.ts";
import { resolveSsh } from "./config.ts";
import type { SshTarget } from "./target.ts";

describe("reading SSH configuration files ourselves", function () {
  this.timeout(120_000);
  let lab: SshFolder;
  before(() => needDebian("openssh-client"));
  beforeEach(() => {
    lab = sshFolder();
  });
  afterEach(() => lab.remove());

  /** A target's facts that do not depend on what ssh is compiled with. */
  function shared({ kexAlgorithms: _, hostKeyAlgorithms: __, resolvedBy: ___, ...target }: SshTarget) {
    return { ...target, hops: target.hops.map(({ alias, user, port }) => `${user}@${alias}:${port}`) };
  }

  it("finds what ssh -G finds for a plain name", async () => {
    lab.write("config", "IdentityFile /k\nHost other\n  User x\n");
    const user = (await resolveSsh("PLAIN.example", lab.around())).user;
    const ssh = await resolveSsh("PLAIN.example", lab.around({ user }));
    const own = await resolveSsh("PLAIN.example", lab.around({ user, ssh: "no-such-ssh" }));
    assert.ok(ssh.kexAlgorithms.includes("curve25519-sha256"));
    assert.ok(ssh.hostKeyAlgorithms.includes("ssh-ed25519"));
    // ssh prints its own known_hosts with the home lab.folder of the user database.
    const { userKnownHostsFiles: theirs, ...left } = shared(ssh);
    const { userKnownHostsFiles: ours, ...right } = shared(own);
    assert.deepEqual(left, right);
    assert.deepEqual(ours, [join(lab.folder, ".ssh/known_hosts"), join(lab.folder, ".ssh/known_hosts2")]);
    assert.equal(theirs.length, ours.length);
  });

  it("lists the aliases of all files", async () => {
    lab.write("more/one", "Host c d*\nHost a\n");
    lab.write(
      "config",
      `Host a "b" *.lan !no\nMatch all\n  Include ${lab.folder}/more/*\nHost *\n# Host e\n`,
    );
    assert.deepEqual(await aliasesOf(lab.around()), ["a", "b", "c"]);
    const named = await Promise.all(
      ["a", "x.lan", "dd", "nope"].map((alias) => isNamed(alias, lab.around())),
    );
    assert.deepEqual(named, [true, true, true, false]);
  });

  it("finds what ssh -G finds in random files", async () => {
    const option = fc.constantFrom(
      "User a",
      "user b # why",
      "User=c",
      '  User "d"',
      "Port 2222",
      "\tPort\t=\t99",
      "HostName %h.lan",
      "HostName web.lan",
      "ServerAliveInterval 1m",
      "IdentityFile ~/k1",
      'IdentityFile "/k 2"',
      "ConnectTimeout 3",
      "StrictHostKeyChecking no",
      "",
      "# User z",
    );
    const head = fc.constantFrom(
      "Host web",
      "Host=web db",
      "HOST we?",
      'Host "web" !db',
      "Host * !web",
      "Host *",
      "Match all",
      "Match host web.lan",
      "Match originalhost db",
      'Match user a,b host "*.lan"',
    );
    const lines = fc.array(fc.oneof({ weight: 2, arbitrary: option }, head), { maxLength: 12 });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom("web", "db", "x@web"), async (all, alias) => {
        const file = lab.write(
          "random",
          `IdentityFile /first\nUserKnownHostsFile /known\n${all.join("\n")}\n`,
        );
        const user = (await resolveSsh(alias, lab.around({ configFile: file }))).user;
        const more = { configFile: file, user };
        const ssh = await resolveSsh(alias, lab.around(more));
        assert.deepEqual(
          shared(await resolveSsh(alias, lab.around({ ...more, ssh: "no-such-ssh" }))),
          shared(ssh),
        );
        if (ssh.port !== 22 || ssh.hostname !== ssh.alias) told += 1;
      }),
      { numRuns: 60 },
    );
    assert.ok(told > 5, `only ${told} files said anything`);
  });
});
