import assert from "node:assert/strict";
import { type DlvPlan, planDlv } from "./plan.ts";

const around = { folder: "/work", dlv: "dlv", env: { PATH: "/bin", HOME: "/home/me", GONE: undefined } };
const launch = { name: "Launch", request: "launch", mode: "debug", program: "/work/cmd" };
const plan = (more: object): DlvPlan => planDlv({ ...launch, ...more }, around);

describe("a plan", () => {
  it("starts dlv on a port of its choice, with its log kept apart from the program's output", () => {
    assert.deepEqual(plan({}), {
      kind: "spawn",
      command: "dlv",
      args: ["dap", "--listen=127.0.0.1:0", "--log-dest=3"],
      cwd: "/work",
      env: { PATH: "/bin", HOME: "/home/me" },
      attaches: false,
      built: { dir: "/work" },
    });
  });

  it("takes dlv, directory and flags from the configuration, ours last since dlv keeps the last", () => {
    const config = {
      dlvToolPath: "/go/bin/dlv",
      __buildDir: "/work/cmd",
      dlvFlags: ["--check-go-version=false"],
      showLog: true,
      logOutput: "dap,rpc",
      logDest: "/tmp/dlv.log",
      host: "::1",
      output: "bin/app",
    };
    assert.deepEqual(plan(config), {
      kind: "spawn",
      command: "/go/bin/dlv",
      args: [
        "dap",
        "--check-go-version=false",
        "--log=true",
        "--log-output=dap,rpc",
        "--listen=[::1]:0",
        "--log-dest=3",
      ],
      cwd: "/work/cmd",
      env: { PATH: "/bin", HOME: "/home/me" },
      logDest: "/tmp/dlv.log",
      attaches: false,
      built: { dir: "/work/cmd", output: "/work/cmd/bin/app" },
    });
  });

  it("asks for no log output without a log: Delve would refuse", () => {
    const made = plan({ logOutput: "dap" });
    assert.ok(made.kind === "spawn" && !made.args.some((arg) => arg.startsWith("--log-output")));
  });

  it("adds the configuration's environment; null takes a variable away", () => {
    const made = plan({ env: { HOME: null, A: "1", N: 2, B: true, LIST: [] } });
    assert.deepEqual(made.kind === "spawn" && made.env, { PATH: "/bin", A: "1", N: "2", B: "true" });
  });

  it("attaches in the workspace folder, and builds nothing", () => {
    const made = planDlv({ request: "attach", mode: "local", __buildDir: "/other" }, around);
    assert.ok(made.kind === "spawn" && made.cwd === "/work" && made.attaches && made.built === undefined);
  });

  it("finds the binary where Delve builds it", () => {
    const built = (more: object) => {
      const made = plan(more);
      return made.kind === "spawn" ? made.built : undefined;
    };
    assert.deepEqual(built({ dlvCwd: "sub" }), { dir: "/work/sub" });
    assert.deepEqual(built({ mode: undefined, output: "/tmp/x" }), { dir: "/work", output: "/tmp/x" });
    assert.equal(built({ mode: "exec" }), undefined);
  });

  it("connects where a port is given, or to a remote dlv", () => {
    assert.deepEqual(plan({ port: 1234, host: "10.0.0.1" }), {
      kind: "connect",
      host: "10.0.0.1",
      port: 1234,
    });
    assert.deepEqual(plan({ port: "1234" }), { kind: "connect", host: "127.0.0.1", port: 1234 });
    const remote = planDlv({ request: "attach", mode: "remote" }, around);
    assert.deepEqual(remote, { kind: "connect", host: "127.0.0.1", port: 2345 });
  });

  it("runs dlv in a terminal, which adds to its own environment", () => {
    const config = { console: "integratedTerminal", env: { A: "1", B: null }, logDest: "/tmp/dlv.log" };
    assert.deepEqual(plan(config), {
      kind: "terminal",
      console: "integrated",
      title: "Go Debug Terminal (Launch)",
      argv: ["dlv", "dap", "--log-dest=/tmp/dlv.log"],
      cwd: "/work",
      env: { A: "1", B: null },
      asRoot: false,
      attaches: false,
      built: { dir: "/work" },
    });
    const external = plan({ console: "externalTerminal" });
    assert.equal(external.kind === "terminal" && external.console, "external");
  });

  it("runs dlv as root through sudo, in a terminal because sudo asks", () => {
    const made = plan({ asRoot: true });
    assert.ok(made.kind === "terminal" && made.asRoot);
    assert.deepEqual(made.argv, ["sudo", "dlv", "dap"]);
  });

  const bad: Readonly<Record<string, [object, string]>> = {
    port: [{ port: 70_000 }, '"port" is 70000: a number from 1 to 65535 is needed'],
    dlvFlags: [{ dlvFlags: "--log" }, '"dlvFlags" is "--log": a list of strings is needed'],
    "relative logDest": [{ logDest: "x.log" }, '"logDest" is "x.log": the absolute path of a file is needed'],
    "descriptor as logDest": [{ logDest: 3 }, '"logDest" is 3: the absolute path of a file is needed'],
  };
  for (const [what, [config, message]] of Object.entries(bad))
    it(`names a bad ${what}`, () => assert.throws(() => plan(config), { message }));

  it("leaves to Delve what Delve judges", () => {
    for (const config of [
      { mode: 3 },
      { program: [] },
      { env: "x" },
      { output: 1 },
      { request: "run" },
      { cwd: {} },
    ])
      assert.equal(plan(config).kind, "spawn");
  });
});
