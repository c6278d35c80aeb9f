import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type SshFolder, sshFolder } from "../../../test/lab/sshConfig.ts";
import { resolveSsh } from "./config.ts";
import type { Surroundings } from "./target.ts";

describe("resolving an SSH host", function () {
  this.timeout(120_000);
  let lab: SshFolder;
  before(() => needDebian("openssh-client"));
  beforeEach(() => {
    lab = sshFolder();
  });
  afterEach(() => lab.remove());

  /** With the ssh program, and without it. */
  const ways: readonly [string, Partial<Surroundings>][] = [
    ["by ssh -G", {}],
    ["by our own reading", { ssh: "no-such-ssh" }],
  ];

  for (const [way, more] of ways) {
    it(`takes every setting that a connection needs, ${way}`, async () => {
      lab.write("keys/id-build7.lan", "");
      lab.write("keys/cert.pub", "");
      lab.write(
        "config",
        `Host build7
  HostName %h.LAN
  User=deploy
  Port 2200
  IdentityFile "~/keys/id-%h"
  IdentityFile \${KEYS}/%n-%r-%p-%%
  CertificateFile %d/keys/cert.pub
  CertificateFile %d/keys/missing.pub
  IdentityAgent ~/agent.sock
  IdentitiesOnly yes
  ProxyCommand nc -X "%h" %p %r %n
  HostKeyAlias b7
  StrictHostKeyChecking accept-new
  HashKnownHosts yes
  UserKnownHostsFile /tmp/one "/tmp/with blank" /tmp/three
  GlobalKnownHostsFile none
  ServerAliveInterval 1m
  ServerAliveCountMax 5
  ConnectTimeout 7
  PKCS11Provider /usr/lib/x.so
  PreferredAuthentications publickey,password
  PasswordAuthentication no
  ForwardAgent yes
Host *
  Port 22
  User nobody
`,
      );
      const target = await resolveSsh("build7", lab.around(more));
      const { kexAlgorithms: _, hostKeyAlgorithms: __, ...rest } = target;
      assert.deepEqual(rest, {
        alias: "build7",
        hostname: "build7.lan",
        port: 2200,
        user: "deploy",
        identityFiles: [
          { path: join(lab.folder, "keys/id-build7.lan"), exists: true },
          { path: "/keys/build7-deploy-2200-%", exists: false },
        ],
        certificateFiles: [join(lab.folder, "keys/cert.pub")],
        // ssh expands this one itself, with the home lab.folder of the user database.
        agent: { kind: "socket", path: target.agent.kind === "socket" ? target.agent.path : "" },
        identitiesOnly: true,
        pkcs11Provider: "/usr/lib/x.so",
        hops: [],
        proxyCommand: 'nc -X "build7.lan" 2200 deploy build7',
        userKnownHostsFiles: ["/tmp/one", "/tmp/with blank", "/tmp/three"],
        globalKnownHostsFiles: [],
        hostKeyAlias: "b7",
        strictHostKeyChecking: "accept-new",
        hashKnownHosts: true,
        serverAliveSeconds: 60,
        serverAliveCount: 5,
        connectSeconds: 7,
        preferredAuthentications: ["publickey", "password"],
        pubkeyAuthentication: true,
        passwordAuthentication: false,
        kbdInteractiveAuthentication: true,
        gssapiAuthentication: false,
        resolvedBy: more.ssh === undefined ? "ssh" : "file",
      });
      assert.match(target.agent.kind === "socket" ? target.agent.path : "", /\/agent\.sock$/);
    });

    it(`follows Include and Match, ${way}`, async () => {
      const inner = lab.write("conf.d/a", "Host web*\n  User included\nHost other\n  User wrong\n");
      lab.write("conf.d/b", "Host web1\n  Port 2222\n");
      lab.write("only-web2", "ServerAliveInterval 9\nHost *\n  IdentityFile /w2\n");
      lab.write(
        "config",
        `Include ${dirname(inner)}/*
Host web2
  Include ${lab.folder}/only-web2
  ConnectTimeout 4
Match host web1 user included
  HostName matched.lan
Match originalhost web3
  HostName never.lan
Host *
  ServerAliveInterval 30
`,
      );
      const facts = async (alias: string) => {
        const target = await resolveSsh(alias, lab.around(more));
        const { hostname: host, port, user, serverAliveSeconds, connectSeconds } = target;
        return [`${user}@${host}:${port}`, serverAliveSeconds, connectSeconds];
      };
      assert.deepEqual(await facts("web1"), ["included@matched.lan:2222", 30, undefined]);
      assert.deepEqual(await facts("web2"), ["included@web2:22", 9, 4]);
      assert.deepEqual(await facts("x@web2"), ["x@web2:22", 9, 4]);
      assert.deepEqual(await facts("ssh://x@web1:99"), ["x@web1:99", 30, undefined]);
      const { identityFiles } = await resolveSsh("web2", lab.around(more));
      assert.deepEqual(identityFiles, [{ path: "/w2", exists: false }]);
    });

    it(`chains jump hosts as ssh -J does, ${way}`, async () => {
      lab.write(
        "config",
        `Host target
  User me
  ProxyJump one,two,%r@three:2222
Host one
  HostName one.lan
  ProxyJump gate
Host two
  ProxyJump never
  ProxyCommand never
Host gate
  ProxyCommand connect %h
Host six
  ProxyJump u@[::1]:33
Host loop
  ProxyJump back
Host back
  ProxyJump loop
Host self
  ProxyJump self
`,
      );
      const target = await resolveSsh("target", lab.around(more));
      assert.deepEqual(
        target.hops.map(({ hostname: host, port }) => `${host}:${port}`),
        ["gate:22", "one.lan:22", "two:22", "three:2222"],
      );
      assert.deepEqual(
        target.hops.map((hop) => hop.proxyCommand),
        ["connect gate", undefined, undefined, undefined],
      );
      assert.equal(target.hops.at(-1)?.user, "me");
      assert.ok(target.hops.every((hop) => hop.hops.length === 0));
      const { hops } = await resolveSsh("six", lab.around(more));
      assert.deepEqual(
        hops.map(({ hostname: host, user, port }) => [host, user, port]),
        [["::1", "u", 33]],
      );
      for (const alias of ["loop", "self"])
        await assert.rejects(
          resolveSsh(alias, lab.around(more)),
          /^SshFailure: \w+: resolve: .*(circle|loop)/,
        );
    });

    it(`refuses what it cannot resolve in one line, ${way}`, async () => {
      lab.write("config", 'Host broken\n  IdentityFile "/open\n');
      await assert.rejects(resolveSsh("broken", lab.around(more)), /^SshFailure: broken: resolve: [^\n]+$/);
      const shells = ["a;b", "$(b)", "`b`", "a|b", "a&b", "me@a\\", "me'@a", "a>b", "{a,b}"];
      for (const word of ["-oProxyCommand=x", "me@-x", "ssh://-x", "", "a b", "a\nb", ...shells])
        await assert.rejects(
          resolveSsh(word, lab.around(more)),
          /^SshFailure: [^\n]+: resolve: [^\n]+$/,
          word,
        );
    });
  }

  it("lets ssh run Match exec, and never runs it without ssh", async () => {
    const marker = join(lab.folder, "was-run");
    lab.write("config", `Match exec "touch ${marker}"\n  Port 77\n`);
    assert.equal((await resolveSsh("h", lab.around({ ssh: "no-such-ssh" }))).port, 22);
    assert.equal(existsSync(marker), false);
    assert.equal((await resolveSsh("h", lab.around())).port, 77);
    assert.ok(existsSync(marker));
  });

  it("gives ssh a user of a Windows domain", async () => {
    lab.write("config", "");
    assert.equal((await resolveSsh("LAB\\me@h", lab.around())).user, "LAB\\me");
  });

  it("knows the local host's name in tokens", async () => {
    lab.write("config", "IdentityFile /%l-%L-%u-%i-%k-%j-%C-%x\nIdentityAgent none\n");
    const target = await resolveSsh("h", lab.around());
    const path = target.identityFiles[0]?.path ?? "";
    const short = hostname().split(".")[0];
    assert.match(path, new RegExp(`^/${hostname()}-${short}-me-${process.getuid?.()}-h--[0-9a-f]{40}-%x$`));
    assert.deepEqual(target.agent, { kind: "none" });
  });

  it("ends a Match exec that takes too long, with all it started", async () => {
    const file = join(lab.folder, "pid");
    lab.write("config", `Match exec "echo $$ >${file}; exec sleep 600"\n  Port 77\n`);
    await assert.rejects(
      resolveSsh("h", lab.around(), 3000),
      /^SshFailure: h: resolve: ssh -G took longer than 3 s \(a Match exec\?\)$/,
    );
    const pid = Number(readFileSync(file, "utf8"));
    assert.ok(pid > 1);
    for (let tries = 0; tries < 500 && isAlive(pid); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(isAlive(pid), false);
  });

  it("says when ssh cannot be started", async () => {
    lab.write("config", "");
    const ssh = lab.write("not-a-program", "");
    await assert.rejects(
      resolveSsh("h", lab.around({ ssh })),
      /^SshFailure: h: resolve: \S+not-a-program could not be started: [^\n]*EACCES/,
    );
  });
});

/** A zombie that nobody waited for has ended too. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
