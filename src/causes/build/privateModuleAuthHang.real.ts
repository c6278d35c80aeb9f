import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type GitServer, gitServer } from "../../../test/lab/gitServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

describe("a private module whose password nobody is asked for", function () {
  this.timeout(240_000);
  const lab = makeFolder({});
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 10 }];
  const home = join(folder, "home");
  const helper = join(folder, "window-on-no-screen");
  let server: GitServer;
  let config: Readonly<Record<string, unknown>> = {};
  const launch = (one = config) => labLaunch({ config: one, folder, breakpoints, stallAfter: 2500 });

  before(async () => {
    await needDebian("git");
    await warmCache();
    server = await gitServer();
    const { module, url } = server;
    lab.write("go.mod", `module example.com/caller\n\ngo 1.25\n\nrequire ${module} v1.0.0\n`);
    lab.write(
      "main.go",
      `package main\n\nimport (\n\t"fmt"\n\n\tgreeting "${module}"\n)\n\nfunc main() {\n\tfmt.Println(greeting.Hello())\n}\n`,
    );
    lab.write(
      "home/.gitconfig",
      `[url "${url}"]\n\tinsteadOf = https://git.example.com/\n[credential]\n\thelper = ${helper}\n`,
    );
    // It waits for an answer in a window that nobody can see.
    lab.write("window-on-no-screen", `#!/bin/sh\nread -r answer <"${join(folder, "answer")}"\n`);
    chmodSync(helper, 0o755);
    execFileSync("mkfifo", [join(folder, "answer")]);
    const cache = execFileSync(await go(), ["env", "GOCACHE"], { encoding: "utf8" }).trim();
    const env = await labEnv({
      HOME: home,
      GOCACHE: cache,
      GOPRIVATE: "git.example.com",
      GOMODCACHE: join(folder, "cache"),
      GOFLAGS: "-modcacherw -mod=mod -buildvcs=false",
      GIT_CONFIG_NOSYSTEM: "1",
    });
    config = debugConfig(folder, env);
  });

  after(async () => {
    await server?.close();
    lab.remove();
  });

  it("is named with the helper; the launch fails at once where git may ask nobody, and works once somebody has logged in", async () => {
    const result = await launch();
    assert.equal(result.ended, "stalled");
    const finding = named(result, "private-module-auth-hang", "proven");
    assert.match(
      finding.because,
      /window-on-no-s\w* \(pid \d+\).*https:\/\/git\.example\.com\/team\/greeting/,
    );
    assert.ok(
      finding.evidence.some((line) => line.includes(`${helper}: asleep in`)),
      finding.evidence.join("\n"),
    );
    assert.equal(preferredFix(finding).action.kind, "advice");

    const visible = finding.fixes.map((fix) => ({ ...fix, preferred: fix.id.endsWith("/fail-at-once") }));
    const failed = await launch(fixedConfig(config, { ...finding, fixes: visible }));
    assert.equal(failed.ended, "failed");
    assert.match(
      String(failed.launch.timeline.buildError),
      /terminal prompts disabled|no secure protocol|could not read Username/,
    );

    lab.write("home/.netrc", server.netrc);
    chmodSync(join(home, ".netrc"), 0o600);
    const healthy = await launch();
    cured(finding, healthy);
    silent(healthy, "a private module, with credentials in .netrc");
  });
});
