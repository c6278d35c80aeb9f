import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { aliasesOf, isNamed } from "./aliases.ts";
import { resolveSsh } from "./config.ts";
import type { SshTarget, Surroundings } from "./target.ts";

describe("resolving an SSH host", function () {
  this.timeout(120_000);
  let folder = "";
  before(() => needDebian("openssh-client"));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ssh-config-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(path: string, text: string): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  function around(more: Partial<Surroundings> = {}): Surroundings {
    const env = { PATH: process.env["PATH"], SSH_AUTH_SOCK: "/run/agent", KEYS: "/keys" };
    const configFile = join(folder, "config");
    return { home: folder, user: "me", env, platform: process.platform, ssh: "ssh", configFile, ...more };
  }

  /** With the ssh program, and without it. */
  const ways: readonly [string, Partial<Surroundings>][] = [
    ["by ssh -G", {}],
    ["by our own reading", { ssh: "no-such-ssh" }],
  ];

  /** A target's facts that do not depend on what ssh is compiled with. */
  function shared({ kexAlgorithms: _, hostKeyAlgorithms: __, resolvedBy: ___, ...target }: SshTarget) {
    return { ...target, hops: target.hops.map(({ alias, user, port }) => `${user}@${alias}:${port}`) };
  }

  for (const [way, more] of ways) {
    it(`takes every setting that a connection needs, ${way}`, async () => {
      write("keys/id-build7.lan", "");
      write("keys/cert.pub", "");
      write(
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
      const target = await resolveSsh("build7", around(more));
      const { kexAlgorithms: _, hostKeyAlgorithms: __, ...rest } = target;
      assert.deepEqual(rest, {
        alias: "build7",
        hostname: "build7.lan",
        port: 2200,
        user: "deploy",
        identityFiles: [
          { path: join(folder, "keys/id-build7.lan"), exists: true },
          { path: "/keys/build7-deploy-2200-%", exists: false },
        ],
        certificateFiles: [join(folder, "keys/cert.pub")],
        // ssh expands this one itself, with the home folder of the user database.
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
        checkHostIp: false,
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
      const inner = write("conf.d/a", "Host web*\n  User included\nHost other\n  User wrong\n");
      write("conf.d/b", "Host web1\n  Port 2222\n");
      write("only-web2", "ServerAliveInterval 9\nHost *\n  IdentityFile /w2\n");
      write(
        "config",
        `Include ${dirname(inner)}/*
Host web2
  Include ${folder}/only-web2
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
        const target = await resolveSsh(alias, around(more));
        const { hostname: host, port, user, serverAliveSeconds, connectSeconds } = target;
        return [`${user}@${host}:${port}`, serverAliveSeconds, connectSeconds];
      };
      assert.deepEqual(await facts("web1"), ["included@matched.lan:2222", 30, undefined]);
      assert.deepEqual(await facts("web2"), ["included@web2:22", 9, 4]);
      assert.deepEqual(await facts("x@web2"), ["x@web2:22", 9, 4]);
      assert.deepEqual(await facts("ssh://x@web1:99"), ["x@web1:99", 30, undefined]);
      const { identityFiles } = await resolveSsh("web2", around(more));
      assert.deepEqual(identityFiles, [{ path: "/w2", exists: false }]);
    });

    it(`chains jump hosts as ssh -J does, ${way}`, async () => {
      write(
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
      const target = await resolveSsh("target", around(more));
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
      const { hops } = await resolveSsh("six", around(more));
      assert.deepEqual(
        hops.map(({ hostname: host, user, port }) => [host, user, port]),
        [["::1", "u", 33]],
      );
      for (const alias of ["loop", "self"])
        await assert.rejects(resolveSsh(alias, around(more)), /^SshFailure: \w+: resolve: .*(circle|loop)/);
    });

    it(`refuses what it cannot resolve in one line, ${way}`, async () => {
      write("config", 'Host broken\n  IdentityFile "/open\n');
      await assert.rejects(resolveSsh("broken", around(more)), /^SshFailure: broken: resolve: [^\n]+$/);
      for (const word of ["-oProxyCommand=x", "me@-x", "ssh://-x", "", "a b", "a\nb"])
        await assert.rejects(resolveSsh(word, around(more)), /^SshFailure: [^\n]+: resolve: [^\n]+$/, word);
    });
  }

  it("finds both ways the same for a plain name and for a file that says nothing of it", async () => {
    write("config", "IdentityFile /k\nHost other\n  User x\n");
    const user = (await resolveSsh("PLAIN.example", around())).user;
    const [ssh, own] = await Promise.all(
      ways.map(([, more]) => resolveSsh("PLAIN.example", around({ user, ...more }))),
    );
    assert.ok(ssh && own);
    assert.ok(ssh.kexAlgorithms.includes("curve25519-sha256"));
    assert.ok(ssh.hostKeyAlgorithms.includes("ssh-ed25519"));
    // ssh prints its own known_hosts with the home folder of the user database.
    const { userKnownHostsFiles: theirs, ...left } = shared(ssh);
    const { userKnownHostsFiles: ours, ...right } = shared(own);
    assert.deepEqual(left, right);
    assert.deepEqual(ours, [join(folder, ".ssh/known_hosts"), join(folder, ".ssh/known_hosts2")]);
    assert.equal(theirs.length, ours.length);
  });

  it("lets ssh run Match exec, and never runs it without ssh", async () => {
    const marker = join(folder, "was-run");
    write("config", `Match exec "touch ${marker}"\n  Port 77\n`);
    assert.equal((await resolveSsh("h", around({ ssh: "no-such-ssh" }))).port, 22);
    assert.equal(existsSync(marker), false);
    assert.equal((await resolveSsh("h", around())).port, 77);
    assert.ok(existsSync(marker));
  });

  it("knows the local host's name in tokens", async () => {
    write("config", "IdentityFile /%l-%L-%u-%i-%k-%j-%C-%x\nIdentityAgent none\n");
    const target = await resolveSsh("h", around());
    const path = target.identityFiles[0]?.path ?? "";
    const short = hostname().split(".")[0];
    assert.match(path, new RegExp(`^/${hostname()}-${short}-me-${process.getuid?.()}-h--[0-9a-f]{40}-%x$`));
    assert.deepEqual(target.agent, { kind: "none" });
  });

  it("lists the aliases of all files", async () => {
    write("more/one", "Host c d*\nHost a\n");
    write("config", `Host a "b" *.lan !no\nMatch all\n  Include ${folder}/more/*\nHost *\n# Host e\n`);
    assert.deepEqual(await aliasesOf(around()), ["a", "b", "c"]);
    const named = await Promise.all(["a", "x.lan", "dd", "nope"].map((alias) => isNamed(alias, around())));
    assert.deepEqual(named, [true, true, true, false]);
  });

  it("finds both ways the same for random files", async () => {
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
        const file = write("random", `IdentityFile /first\nUserKnownHostsFile /known\n${all.join("\n")}\n`);
        const user = (await resolveSsh(alias, around({ configFile: file }))).user;
        const more = { configFile: file, user };
        const ssh = await resolveSsh(alias, around(more));
        assert.deepEqual(
          shared(await resolveSsh(alias, around({ ...more, ssh: "no-such-ssh" }))),
          shared(ssh),
        );
        if (ssh.port !== 22 || ssh.hostname !== ssh.alias) told += 1;
      }),
      { numRuns: 60 },
    );
    assert.ok(told > 5, `only ${told} files said anything`);
  });
});
