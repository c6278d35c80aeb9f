import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { noVm } from "../../scripts/setup/vm.ts";
import type { Finding } from "../../src/core/finding.ts";
import { ptraceDropIn } from "../../src/core/sysctl.ts";
import type { Report } from "../../src/report/report.ts";
import { assertReport } from "../cli/contract.ts";
import { run, start } from "../cli/delveDoctor.ts";
import { labEnv, makeFolder } from "../lab/module.ts";
import { cured, named, silent } from "../lab/score.ts";
import { skip } from "../lab/skip.ts";
import { go } from "../lab/tools.ts";
import { startVm, type Vm } from "../lab/vm.ts";

/**
 * A real remote host whose kernel has Yama and AppArmor, with an unprivileged user whom sudo asks for a password, and the
 * command line as it is shipped. Only `root` below, the lab's own hand, goes another way than `--on`.
 */
describe("ptrace that a kernel refuses, over SSH", function () {
  this.timeout(480_000);
  const lab = makeFolder({
    "go.mod": "module example.com/sleeper\n\ngo 1.25\n",
    "main.go":
      'package main\n\nimport "time"\n\nfunc main() {\n\tfor {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n',
  });
  const { folder } = lab;
  const program = join(folder, "sleeper");
  const on = ["--on", "ssh:delvevm", "--remote-folder", folder];
  const scope = "/proc/sys/kernel/yama/ptrace_scope";
  const profile = "/etc/apparmor.d/lab";
  let vm: Vm;
  let env: Record<string, string> = {};

  before(async function () {
    const why = noVm();
    if (why !== undefined) skip(this, why);
    this.timeout(900_000);
    const goEnv = { ...process.env, ...(await labEnv()), CGO_ENABLED: "0" };
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: goEnv,
    });
    vm = await startVm();
    const ssh = `#!/bin/sh\nexec /usr/bin/ssh -F '${vm.sshConfig}' "$@"\n`;
    writeFileSync(join(folder, "ssh"), ssh, { mode: 0o755 });
    env = { PATH: `${folder}:${process.env["PATH"]}` };
    // The folder has the same name there, so the paths in the binary are right on both sides.
    const put = `mkdir -p '${folder}' && cd '${folder}' && cat >sleeper && chmod +x sleeper`;
    assert.equal((await vm.ssh(put, { stdin: readFileSync(program) })).code, 0);
  });
  after(async () => {
    await vm?.stop();
    lab.remove();
  });

  async function root(line: string, stdin = ""): Promise<string> {
    const { code, stdout, stderr } = await vm.ssh(line, { user: "root", stdin });
    assert.equal(code, 0, stderr);
    return stdout.trim();
  }

  /** An emulated machine on a busy one may be too slow for a probe's limit, which the doctor says; then it is asked again. */
  async function report(...args: readonly string[]): Promise<Report> {
    for (let left = 6; ; left -= 1) {
      const { stdout, stderr } = await run(folder, [...args, "--json", ...on], env);
      const made = assertReport(stdout);
      if (left > 0 && made.unknown.some(({ because }) => /did not answer/.test(because))) continue;
      assert.deepEqual(made.unknown, [], stderr);
      return made;
    }
  }

  const exec = ["--program", program, "--mode", "exec"];
  const launch = () => report("launch", ...exec, "--break", "main.go:7");
  const diagnose = () => report("diagnose", ...exec);

  async function attach(): Promise<Report> {
    const pid = (await vm.ssh(`'${program}' >/dev/null 2>&1 & echo $!`)).stdout.trim();
    const made = await report("launch", "--program", pid, "--mode", "attach");
    await root(`kill -KILL ${pid}`);
    return made;
  }

  /** The one finding, which must be proven. */
  const only = (verdicts: Report, cause: string) => named({ verdicts }, cause, "proven");

  const fixes = ({ fixes }: Finding) => fixes.map(({ id }) => id.split("/")[1]);

  /**
   * `fix` as a person has it: in a terminal, which script(1) makes. The command runs in one of the host, over the same
   * connection, where sudo asks; what is typed here goes there.
   */
  async function fix(...args: string[]): Promise<string> {
    const pty = ["sh", "-c", `exec script -qefc "$*" /dev/null`, "sh"];
    const { child, said, ended } = await start(folder, ["fix", ...args, "--yes"], env, undefined, pty);
    await said(/password for dev/);
    child.stdin?.write(`${vm.password}\n`);
    const { code, stdout } = await ended;
    assert.equal(code, 0, stdout);
    assert(!stdout.includes(vm.password));
    return stdout;
  }

  it("is Yama's scope 1 on an attach and never on a launch: set by sudo there, read back, attached, undone", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=1");
    const healthy = await launch();
    silent({ ended: healthy.outcome, verdicts: healthy }, "a launch under Yama's scope 1");

    const finding = only(await attach(), "yama-scope1-attach");
    assert.deepEqual(fixes(finding), ["launch-instead", "until-reboot", "this-dlv", "drop-in"]);
    await fix("yama-scope1-attach/until-reboot");
    assert.equal(await root(`cat ${scope}`), "0");
    const attached = await attach();
    cured(finding, { ended: attached.outcome, verdicts: attached }, "initialized");
    assert.match(await fix("--undo"), /is taken back/);
    assert.equal(await root(`cat ${scope}`), "1");
  });

  it("is Yama's scope 2 on a launch: set for all boots, verified, stopped, undone", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=2");
    const finding = only(await launch(), "yama-scope-2-3");
    assert.deepEqual(fixes(finding), ["until-reboot", "this-dlv", "drop-in"]);
    assert.match(await fix("yama-scope-2-3/drop-in"), /verified: yama-scope-2-3 is gone on delvevm/);
    assert.equal(await root(`cat ${scope} ${ptraceDropIn}`), "0\nkernel.yama.ptrace_scope = 0");
    const stopped = await launch();
    cured(finding, { ended: stopped.outcome, verdicts: stopped });
    await fix("--undo");
    assert.equal(await root(`cat ${scope}; ls /etc/sysctl.d | grep -c delve || true`), "2\n0");
  });

  /** Puts a profile on dlv, by its path. */
  const confine = (rules: string) =>
    root(
      `cat >${profile} && apparmor_parser --replace ${profile}`,
      `abi <abi/3.0>,\nprofile lab /usr/local/bin/dlv {\n  capability, network, signal, ${rules}\n}\n`,
    );

  it("is AppArmor's: proven without the kernel's log, and with it; only logged, stopped, undone", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=0");
    await confine("file,");
    const finding = only(await launch(), "apparmor-ptrace");
    const evidence = finding.evidence.join("\n");
    assert.match(evidence, /of \/usr\/local\/bin\/dlv: lab \(enforce\)/);
    assert.match(evidence, /attach to a second dlv: EACCES\n.*not for this user to read/);
    assert.match(evidence, /fork\/exec .*: permission denied/);

    await root("sysctl -w kernel.dmesg_restrict=0");
    const logged = only(await diagnose(), "apparmor-ptrace").evidence.join("\n");
    assert.match(logged, /^apparmor="DENIED" operation="ptrace" profile="lab" .*denied_mask="trace/m);

    assert.match(await fix("apparmor-ptrace/complain"), /verified: apparmor-ptrace is gone/);
    const stopped = await launch();
    cured(finding, { ended: stopped.outcome, verdicts: stopped });
    await fix("--undo");
    assert.match(await root("cat /sys/kernel/security/apparmor/profiles"), /^lab \(enforce\)$/m);
  });

  it("is not called AppArmor's where the profile forbids the execve(2): Delve says the same", async () => {
    await root("sysctl -w kernel.dmesg_restrict=1");
    await confine("/** rwklm, /usr/local/bin/dlv ix, ptrace,");
    const { stdout } = await vm.ssh(
      `echo exit | dlv exec --allow-non-terminal-interactive=true '${program}' 2>&1`,
    );
    assert.match(stdout, /fork\/exec .*: permission denied/);
    assert.ok((await diagnose()).clear.includes("apparmor-ptrace"));
    await root(`apparmor_parser --remove ${profile}`);
  });

  it("is Yama's scope 3: a reboot is all that is offered, and root cannot lower it", async () => {
    await root("sysctl -w kernel.yama.ptrace_scope=3");
    const finding = only(await diagnose(), "yama-scope-2-3");
    assert.deepEqual(fixes(finding), ["reboot"]);
    const { stderr } = await vm.ssh("sysctl -w kernel.yama.ptrace_scope=0", { user: "root" });
    assert.match(stderr, /Invalid argument/);
  });
});
