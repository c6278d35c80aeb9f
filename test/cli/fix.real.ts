import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BlackHole, blackHole } from "../lab/blackHole.ts";
import { type LabFolder, labEnv, makeFolder, warmCache } from "../lab/module.ts";
import { greetingFiles, type ModuleProxy, moduleProxy } from "../lab/moduleProxy.ts";
import { dlv } from "../lab/tools.ts";
import { assertReport } from "./contract.ts";
import { delveDoctor, leftIn, run } from "./delveDoctor.ts";

const fix = "module-download-blocked/remove-goproxy";

describe("a stalled launch, from the command line", () => {
  let silent: BlackHole;
  let working: ModuleProxy;
  let caller: LabFolder;
  let file: string;
  let env: Readonly<Record<string, string>>;

  before(() => warmCache());
  beforeEach(async () => {
    silent = await blackHole();
    working = await moduleProxy();
    const text = `{
  // CRLF, a comment and a trailing comma: all of it is the person's own.\r
  "configurations": [
    {
      "name": "Call", "type": "go", "request": "launch", "mode": "debug", "program": ".",
      "env": { "GOPROXY": "${silent.url}", "KEPT": "1", },
    },
  ],
}`;
    caller = makeFolder({ ...greetingFiles, ".vscode/launch.json": text });
    file = join(caller.folder, ".vscode", "launch.json");
    env = { GOPROXY: working.url, GOMODCACHE: join(caller.folder, "modules") };
  });
  afterEach(async () => {
    assert.deepEqual(leftIn(caller.folder), []);
    await silent.close();
    await working.close();
    caller.remove();
  });

  it("is told with its cause, fixed, launched again to its stop, and the fix undone to the same bytes", async () => {
    const before = readFileSync(file);
    const launch = ["launch", "--json", "--break", "main.go:10", "--dlv", await dlv()];

    const stalled = await run(caller.folder, launch, env);
    const report = assertReport(stalled.stdout);
    assert.equal(stalled.code, 1);
    assert.equal(report.outcome, "stalled");
    assert.equal(report.findings[0]?.cause, "module-download-blocked");
    assert.equal(report.findings[0]?.certainty, "proven");
    assert.ok(report.timeline.explainedMs > 1000);
    assert.match(stalled.stderr, /^go has waited .* Proven on /m);
    assert.deepEqual(leftIn(caller.folder), []);

    const preview = await run(caller.folder, ["fix", fix, "--preview"], env);
    assert.equal(preview.code, 0, preview.stderr);
    assert.match(preview.stdout, /^-.*"GOPROXY"/m);
    assert.deepEqual(readFileSync(file), before);

    const nobody = await run(caller.folder, ["fix", fix], env);
    assert.equal(nobody.code, 2);
    assert.match(nobody.stderr, /nobody to ask here; add --yes/);
    assert.deepEqual(readFileSync(file), before);

    const applied = await run(caller.folder, ["fix", fix, "--yes"], env);
    assert.equal(applied.code, 0, applied.stderr);
    assert.match(applied.stdout, /launch again to verify/);
    assert.doesNotMatch(readFileSync(file, "utf8"), /GOPROXY/);
    assert.match(readFileSync(file, "utf8"), /"KEPT": "1",/);

    const healthy = await run(caller.folder, launch, env);
    assert.equal(assertReport(healthy.stdout).outcome, "stopped");
    assert.equal(healthy.code, 0, healthy.stdout);

    const silence = await run(caller.folder, ["fix", "--undo"], env);
    assert.equal(silence.code, 2);
    assert.match(silence.stdout, /^\+.*"GOPROXY"/m);
    assert.match(silence.stderr, /nobody to ask here; add --yes/);
    const nowhere = ["fix", "--undo", "--yes", "--folder"];
    assert.equal((await run(caller.folder, [...nowhere, "nowhere"], env)).code, 3);
    const empty = await run(caller.folder, [...nowhere, "."], { ...env, XDG_STATE_HOME: caller.folder });
    assert.match(empty.stdout, /no fix to take back/);
    const other = await run(caller.folder, [...nowhere, "state"], env);
    assert.match(other.stdout, /no fix to take back in .*remove-goproxy, was made in .*\.vscode; --folder/);

    const undone = await run(caller.folder, ["fix", "--undo", "--yes"], env);
    assert.equal(undone.code, 0, undone.stderr);
    assert.match(undone.stdout, /remove-goproxy is taken back/);
    assert.deepEqual(readFileSync(file), before);
    assert.match((await run(caller.folder, ["fix", "--undo", "--yes"], env)).stdout, /no fix to take back/);
  });

  it("refuses a fix that the last report does not have", async () => {
    const diagnosed = await run(caller.folder, ["diagnose", "--json", "--dlv", await dlv()], env);
    assert.equal(assertReport(diagnosed.stdout).outcome, "diagnosed");
    const { code, stderr } = await run(caller.folder, ["fix", "no/such"], env);
    assert.match(stderr, /no\/such is no fix of the last report/);
    assert.equal(code, 2);
  });

  it("asks on a terminal, applies, launches again, and tells both times", async () => {
    const command = [
      process.execPath,
      await delveDoctor(),
      "launch",
      "--break",
      "main.go:10",
      "--dlv",
      await dlv(),
    ];
    // script(1) gives the command a terminal of its own, and types there what we write. A shell that stays between the two,
    // as dash does, would get the Ctrl+C too and answer with a status of its own.
    const child = spawn("script", ["-qec", `exec ${command.join(" ")}`, "/dev/null"], {
      cwd: caller.folder,
      env: { ...process.env, ...(await labEnv()), XDG_STATE_HOME: join(caller.folder, "state"), ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let shown = "";
    let answered = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      if (answered || !shown.includes("[w]ait or [c]ancel? ")) return;
      answered = true;
      child.stdin.write("a\n");
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    child.stdin.destroy();
    assert.match(shown, /\[a\]pply and relaunch/);
    assert.match(shown, /Before: "Call" \(debug\) is stalled in build after/);
    assert.match(shown, /After: {2}"Call" \(debug\) reached its stop after/);
    assert.equal(code, 0, shown);
    assert.doesNotMatch(readFileSync(file, "utf8"), /GOPROXY/);
  });

  it("goes on waiting on a terminal when told to, and ends on Ctrl+C", async () => {
    const command = [process.execPath, await delveDoctor(), "launch", "--dlv", await dlv()];
    const child = spawn("script", ["-qec", `exec ${command.join(" ")}`, "/dev/null"], {
      cwd: caller.folder,
      env: { ...process.env, ...(await labEnv()), XDG_STATE_HOME: join(caller.folder, "state"), ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    let shown = "";
    let step = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      if (step === 0 && shown.includes("[c]ancel? ")) {
        step = 1;
        child.stdin.write("w\n");
      } else if (step === 1 && /\[c\]ancel\? [\s\S]*no sign of work/.test(shown)) {
        step = 2;
        child.stdin.write("\u0003");
      }
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    child.stdin.destroy();
    assert.equal(step, 2, shown);
    assert.match(shown, /"Call" \(debug\) was cancelled/);
    assert.equal(code, 1);
  });
});
