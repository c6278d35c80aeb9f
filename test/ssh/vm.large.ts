import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { noVm } from "../../scripts/setup/vm.ts";
import { apparmorPtrace } from "../../src/causes/apparmorPtrace.ts";
import { causes } from "../../src/causes/index.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { Fix } from "../../src/core/fix.ts";
import { ptraceDropIn } from "../../src/core/sysctl.ts";
import { examine } from "../../src/examine/examine.ts";
import { rootLine } from "../../src/fixes/shellLine.ts";
import { verify } from "../../src/fixes/verify.ts";
import { nobody } from "../../src/hosts/channel.ts";
import { type Machine, machineOver } from "../../src/hosts/machine.ts";
import { resolveSsh, thisMachine } from "../../src/hosts/ssh/config.ts";
import { openSsh2 } from "../../src/hosts/ssh/ssh2Transport.ts";
import { type MachineResult, machineLaunch } from "../lab/machineLaunch.ts";
import { labEnv, makeFolder } from "../lab/module.ts";
import { until } from "../lab/server.ts";
import { go } from "../lab/tools.ts";
import { startVm, type Vm } from "../lab/vm.ts";

/**
 * A real remote host whose kernel has Yama and AppArmor, and an unprivileged user there whom sudo asks for a password.
 * Only `root` below, the lab's own hand, goes another way than the one connection.
 */
describe("ptrace refused by a kernel over SSH", function () {
  this.timeout(180_000);
  const lab = makeFolder({
    "go.mod": "module example.com/sleeper\n\ngo 1.25\n",
    "main.go":
      'package main\n\nimport "time"\n\nfunc main() {\n\tfor {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n',
  });
  const home = "/home/dev";
  const program = `${home}/sleeper`;
  const breakpoints = [{ file: join(lab.folder, "main.go"), line: 7 }];
  const exec = { name: "Sleeper", type: "go", request: "launch", mode: "exec", program };
  const scope = "/proc/sys/kernel/yama/ptrace_scope";
  const profile = "/etc/apparmor.d/lab";
  /** A profile for dlv by its path, which allows what a dlv does but for ptrace(2). */
  const profileWith = (rules: string) =>
    `abi <abi/3.0>,\nprofile lab /usr/local/bin/dlv {\n  capability, network, signal, ${rules}\n}\n`;
  let vm: Vm;
  let machine: Machine;

  before(async function () {
    const why = noVm();
    if (why !== undefined) {
      console.log(`      skipped: ${why}`);
      this.skip();
    }
    this.timeout(600_000);
    const env = { ...process.env, ...(await labEnv()), CGO_ENABLED: "0" };
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", "sleeper", "."], { cwd: lab.folder, env });
    await begin();
  });
  after(async () => {
    await end();
    lab.remove();
  });

  async function begin(): Promise<void> {
    vm = await startVm();
    const stdin = readFileSync(join(lab.folder, "sleeper"));
    assert.equal((await vm.ssh("cat >sleeper && chmod +x sleeper", { stdin })).code, 0);
    const target = await resolveSsh(vm.alias, { ...thisMachine(), configFile: vm.sshConfig });
    const { signal } = new AbortController();
    machine = await machineOver(await openSsh2(target, { person: nobody, env: {}, signal }));
  }

  async function end(): Promise<void> {
    await machine?.close();
    await vm?.stop();
  }

  async function root(line: string, stdin = ""): Promise<void> {
    const { code, stderr } = await vm.ssh(line, { user: "root", stdin });
    assert.equal(code, 0, stderr);
  }

  const launch = () => machineLaunch(machine, { config: dlv(exec), folder: home, breakpoints });

  async function attach() {
    const target = await machine.start({ argv: [program], env: {}, graceMs: 1000 });
    const config = dlv({ ...exec, request: "attach", mode: "local", processId: target.pid });
    try {
      return await machineLaunch(machine, { config, folder: home });
    } finally {
      target.interrupt();
      await target.ended;
    }
  }

  const dlv = (config: object) => ({ ...config, dlvToolPath: "/usr/local/bin/dlv" });

  /** What a person does with a fix for root: sends the line in a terminal, and types the password that sudo asks for. */
  async function sudo(argv: readonly string[] | undefined): Promise<void> {
    assert(argv);
    const terminal = await machine.terminal?.({ columns: 100, rows: 30 }, rootLine(argv));
    assert(terminal);
    let shown = "";
    terminal.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
    });
    const { ended } = terminal;
    await until(() => /password for dev/.test(shown), "sudo's question");
    terminal.stdin.write(`${vm.password}\n`);
    const { code } = await ended;
    assert.equal(code, 0, shown);
    assert(!shown.includes(vm.password));
  }

  async function read(file: string): Promise<string> {
    return (await machine.run({ argv: ["cat", file] }, { ms: 20_000, bytes: 1000 })).stdout.trim();
  }

  /** The one finding of a refused launch. */
  function only({ ended, verdicts }: MachineResult): Finding {
    assert.equal(ended, "failed");
    assert.deepEqual(verdicts.unknown, []);
    const [finding, ...others] = verdicts.findings;
    assert(finding, "nothing was found");
    assert.deepEqual(others, []);
    return finding;
  }

  const ids = (finding: Finding | undefined) => finding?.fixes.map(({ id }) => id.split("/")[1]);
  const fixOf = (finding: Finding | undefined, name: string): Fix => {
    const fix = finding?.fixes.find(({ id }) => id.endsWith(`/${name}`));
    assert(fix, `no fix ${name}`);
    return fix;
  };

  /** Sends the fix's command, sees `fixed`, and sends its undo. */
  async function applied({ action }: Fix, fixed: () => Promise<void>): Promise<void> {
    assert(action.kind === "command");
    await sudo(action.argv);
    await fixed();
    await sudo(action.undo);
  }

  it("is Yama's scope 1 on an attach and never on a launch: kept for all boots, attached, undone", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=1");
    const healthy = await launch();
    assert.equal(healthy.ended, "stopped");
    assert.deepEqual(healthy.verdicts.findings, []);
    assert.deepEqual(healthy.verdicts.unknown, []);

    const finding = only(await attach());
    assert.equal(finding.cause, "yama-scope1-attach");
    assert.equal(finding.certainty, "proven");
    assert.match(finding.evidence.join("\n"), /TracerPid 0.*no more capabilities/);
    assert.deepEqual(ids(finding), ["launch-instead", "until-reboot", "this-dlv", "drop-in"]);

    await applied(fixOf(finding, "drop-in"), async () => {
      assert.equal(await read(scope), "0");
      assert.match(await read(ptraceDropIn), /ptrace_scope = 0/);
      const attached = await attach();
      assert.equal(attached.ended, "initialized");
      assert.deepEqual(attached.verdicts.findings, []);
    });
    assert.equal(await read(scope), "1");
    assert.equal(await read(ptraceDropIn), "");
  });

  it("is Yama's scope 2 on a launch: set until the reboot or for this dlv, stopped, undone", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=2");
    const refused = await launch();
    const finding = only(refused);
    assert.equal(finding.cause, "yama-scope-2-3");
    assert.equal(finding.certainty, "proven");
    assert.deepEqual(ids(finding), ["until-reboot", "this-dlv", "drop-in"]);

    await applied(fixOf(finding, "until-reboot"), async () => {
      assert.equal(await read(scope), "0");
      const again = await verify(finding.cause, refused.launch, (one) => examine(machine, one, causes));
      assert.deepEqual(again, { kind: "clear" });
      assert.equal((await launch()).ended, "stopped");
    });
    assert.equal(await read(scope), "2");

    await applied(fixOf(finding, "this-dlv"), async () => {
      assert.equal((await launch()).ended, "stopped");
    });
  });

  it("is AppArmor's, told by dlv's profile and its attach, and by the kernel's log where that may be read", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=0");
    await root(`cat >${profile} && apparmor_parser --replace ${profile}`, profileWith("file,"));
    const refused = await launch();
    assert.match(String(refused.launch.timeline.failure?.text), /fork\/exec .*: permission denied/);
    const finding = only(refused);
    assert.equal(finding.cause, "apparmor-ptrace");
    assert.equal(finding.certainty, "proven");
    assert.match(
      finding.evidence.join("\n"),
      /lab \(enforce\)\n.*\n.*attach to a second dlv: EACCES\n.*not for this user/,
    );

    await root("sysctl -w kernel.dmesg_restrict=0");
    const { findings } = await examine(machine, refused.launch, [apparmorPtrace]);
    assert.match(
      findings[0]?.evidence.join("\n") ?? "",
      /^apparmor="DENIED" operation="ptrace" profile="lab"/m,
    );

    await applied(fixOf(finding, "complain"), async () => {
      assert.equal((await launch()).ended, "stopped");
    });
    const { code } = await vm.ssh("grep -q '^lab (enforce)' /sys/kernel/security/apparmor/profiles", {
      user: "root",
    });
    assert.equal(code, 0);
  });

  it("is not AppArmor's ptrace rule where the profile forbids the execve(2): Delve says the same", async () => {
    await root("sysctl -w kernel.dmesg_restrict=1");
    const rules = "/** rwklm, /usr/local/bin/dlv ix, ptrace,";
    await root(`cat >${profile} && apparmor_parser --replace ${profile}`, profileWith(rules));
    const refused = await launch();
    assert.match(String(refused.launch.timeline.failure?.text), /fork\/exec .*: permission denied/);
    assert.ok(refused.verdicts.clear.includes("apparmor-ptrace"), JSON.stringify(refused.verdicts));
    await root(`apparmor_parser --remove ${profile}`);
  });

  it("is Yama's scope 3: nothing but a reboot is offered, and root cannot lower it", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=3");
    const finding = only(await launch());
    assert.equal(finding.cause, "yama-scope-2-3");
    assert.equal(finding.certainty, "proven");
    assert.deepEqual(ids(finding), ["reboot"]);
    const { stderr } = await vm.ssh("sysctl -w kernel.yama.ptrace_scope=0", { user: "root" });
    assert.match(stderr, /Invalid argument/);
  });
});
