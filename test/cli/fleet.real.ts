import assert from "node:assert/strict";
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { helloFiles, type LabFolder, makeFolder } from "../lab/module.ts";
import { type OwnHome, ownHome } from "../lab/ownHome.ts";
import { freePort, until } from "../lab/server.ts";
import { skip } from "../lab/skip.ts";
import { dlv, go } from "../lab/tools.ts";
import { noSshd, type Sshd, startSshd } from "../sshd/sshd.ts";
import { assertReport } from "./contract.ts";
import { run, start } from "./delveDoctor.ts";

/** A Host block that leads to a private sshd; the first value of a setting counts. IdentityFile alone adds up. */
function block(alias: string, sshd: Sshd, key = sshd.keys.plain, ...more: string[]): string {
  const { host, port, user, knownHosts } = sshd;
  const lines = [
    ...more,
    `HostName ${host}`,
    `Port ${port}`,
    `User ${user}`,
    `IdentityFile ${key}`,
    `UserKnownHostsFile ${knownHosts}`,
    "IdentitiesOnly yes",
    "IdentityAgent none",
  ];
  return [`Host ${alias}`, ...lines].join("\n  ");
}

describe("delve-doctor diagnose of several hosts", function () {
  this.timeout(240_000);
  let well: Sshd;
  let other: Sshd;
  let home: OwnHome;
  let hello: LabFolder;

  before(async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    hello = makeFolder(helloFiles);
    // The user of the sshd builds in the same folder, and may not read our caches.
    chmodSync(hello.folder, 0o777);
    copyFileSync(await dlv(), join(hello.folder, "dlv"));
    const path = [dirname(await go()), hello.folder];
    well = await startSshd({ path });
    other = await startSshd({ path, home: { ".bashrc": "[ ! -e ~/slow ] || sleep 600\n" } });
    const unknown = join(well.home, "nothing_known");
    home = ownHome({
      ".ssh/config": `Include fleet\n${block("db", well)}\n`,
      ".ssh/fleet": [
        block("web1", well),
        block("web2", other, other.keys.stranger),
        block("web3", well, well.keys.plain, `UserKnownHostsFile ${unknown}`),
        block("web4", other, other.keys.locked),
        block("web5", well, well.keys.plain, `Port ${await freePort()}`),
        block("late", other),
        "Host *.example.com\n  User nobody\n",
      ].join("\n"),
    });
  });
  after(async () => {
    await well?.stop();
    await other?.stop();
    home?.remove();
    hello?.remove();
  });

  const diagnose = (...args: string[]) =>
    run(hello.folder, ["diagnose", "--program", ".", ...args], {}, undefined, home.inside);

  it("tells in one table what a pattern's hosts came to, and how those that ask are made not to", async () => {
    const { code, stdout, stderr } = await diagnose("--on", "ssh:web*,!web2", "--on", "ssh:web2,db");
    assert.equal(code, 1, stderr);
    const [head = "", ...rows] = stdout.trimEnd().split("\n");
    assert.match(head, /^Host +Time +RTT +dlv +Go +Outcome$/);
    const seen = new Map(rows.map((row) => [row.split(" ")[0] ?? "", row]));
    assert.deepEqual(
      [...seen.keys()],
      ["ssh:web1", "ssh:web3", "ssh:web4", "ssh:web5", "ssh:web2", "ssh:db"],
    );
    for (const alias of ["web1", "db"])
      assert.match(
        seen.get(`ssh:${alias}`) ?? "",
        / \d+ ms +[\d.]+ ms +1\.\d+\.\d+ +1\.\d+\S* +nothing found/,
      );
    const why = (alias: string) => seen.get(`ssh:${alias}`)?.split("not reached: ")[1] ?? "";
    assert.match(why("web2"), /^authentication: .* did not let us in with the key /);
    assert.match(why("web3"), /^host key: SHA256:\S+ .* nobody is here to accept it: once, run ssh web3$/);
    assert.match(
      why("web4"),
      /^authentication: .*nobody is here to type a passphrase: ssh-add \S+\/locked gives/,
    );
    assert.match(why("web5"), /^connect: 127\.0\.0\.1 port \d+ refuses/);
  });

  it("answers with one object for each as JSON, and with the report alone for one host", async () => {
    const { code, stdout, stderr } = await diagnose("--json", "--on", "ssh:web5,db");
    assert.equal(code, 1, stderr);
    const { version, hosts } = JSON.parse(stdout);
    assert.equal(version, 1);
    assert.deepEqual(
      hosts.map(({ host }: { host: string }) => host),
      ["ssh:web5", "ssh:db"],
    );
    assert.match(hosts[0].error, /^connect: /);
    const report = assertReport(JSON.stringify(hosts[1].report));
    assert.deepEqual([report.host.kind, report.host.name, report.findings], ["ssh", "db", []]);

    const one = await diagnose("--json", "--on", "ssh:d*");
    assert.equal(one.code, 0, one.stderr);
    assert.equal(assertReport(one.stdout).host.name, "db");
  });

  it("ends with 3 where none is reached, and with 2 for a pattern that stands for none", async () => {
    const none = await diagnose("--on", "ssh:web5,web3");
    assert.equal(none.code, 3, none.stderr);
    assert.match(none.stdout, /^ssh:web3 .* not reached: host key/m);
    const wrong = await diagnose("--on", "ssh:mail*");
    assert.equal(wrong.code, 2);
    assert.equal(
      wrong.stderr,
      "delve-doctor: --on ssh:mail*: mail* matches no host; ~/.ssh/config has web1, web2, web3, web4, web5, late, db\n",
    );
    const launch = await run(hello.folder, ["launch", "--on", "ssh:web*"], {}, undefined, home.inside);
    assert.match(launch.stderr, /only diagnose takes several hosts/);
    assert.equal(launch.code, 2);
    const args = ["diagnose", "--on", "ssh:web1,db", "--config", "no such one"];
    const lost = await run(hello.folder, args, {}, undefined, home.inside);
    assert.match(lost.stderr, /no such one/);
    assert.equal(lost.code, 2);
  });

  it("ends with Ctrl+C at once, and leaves nothing on either side", async () => {
    writeFileSync(join(other.home, "slow"), "");
    const args = ["diagnose", "--program", ".", "--on", "ssh:late,db"];
    const doctor = await start(hello.folder, args, {}, undefined, home.inside);
    await until(() => other.processes().some(({ argv }) => argv.includes("600")), "the slow shell runs");
    const begun = performance.now();
    doctor.child.kill("SIGINT");
    const { code, stderr } = await doctor.ended;
    assert.ok(performance.now() - begun < 10_000, `it took ${performance.now() - begun} ms`);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /ended before all was looked at\n$/);
    await until(() => well.processes().length === 0, "nothing runs on the host that was looked at");
  });
});
