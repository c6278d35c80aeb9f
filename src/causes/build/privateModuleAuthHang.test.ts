import assert from "node:assert/strict";
import { answer, judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { askingGit } from "../../core/asking.ts";
import type { ProcessSample } from "../../core/process.ts";
import type { Timeline } from "../../core/timeline.ts";
import { waitingOnNetwork } from "../../core/waiting.ts";
import { type GitHelper, gitHelpers } from "../../probes/gitHelpers.ts";
import { privateModuleAuthHang } from "./privateModuleAuthHang.ts";

const one = (pid: number, ppid: number, name: string, argv: readonly string[] = []): ProcessSample => ({
  pid,
  ppid,
  name,
  argv,
  state: "S",
  cpuMs: 1,
});
const socket = { state: "ESTABLISHED", local: "127.0.0.1:5", remote: "10.0.0.1:443", txQueue: 0, rxQueue: 0 };
const fetching: readonly ProcessSample[] = [
  one(2, 1, "go", ["go", "build"]),
  one(3, 2, "git", ["git", "ls-remote", "https://me:s3cret@git.corp/x"]),
  one(4, 3, "git", ["git", "remote-https"]),
  { ...one(5, 4, "git-remote-http"), sockets: [socket] },
];
const asking = [...fetching, one(6, 5, "sh"), one(7, 6, "pinentry")];
const still = (processes: readonly ProcessSample[]): Partial<Timeline> => ({
  current: "build",
  idleMs: 9000,
  last: { processes },
});
const helper = (pid: number, path: string): GitHelper => ({
  pid,
  path,
  wchan: "anon_pipe_read",
  input: "pipe:[9]",
});

describe("private-module-auth-hang", () => {
  it("names the helper and the repository, without what the URL holds; its advice is to log in", () => {
    const helpers = [helper(6, "/bin/sh"), helper(7, "/usr/bin/pinentry")];
    const found = judge(privateModuleAuthHang, { helpers }, launchOf({}, still(asking)));
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /9\.0 s for pinentry \(pid 7\)/);
    assert.ok(!JSON.stringify(found).includes("s3cret"));
    assert.match(found.evidence.join("\n"), /pid 7 \/usr\/bin\/pinentry: asleep in anon_pipe_read/);
    assert.deepEqual(
      found.fixes.map(({ preferred }) => preferred),
      [true, false],
    );
    assert.equal(judge(privateModuleAuthHang, { helpers: [] }, launchOf({}, still(asking))), undefined);
  });

  it("says likely of ssh, which may wait for its server, and forbids it to ask", () => {
    const ssh = [...fetching.slice(0, 2), one(6, 3, "ssh", ["ssh", "git@git.corp"])];
    const launch = launchOf({}, still(ssh));
    const found = judge(privateModuleAuthHang, { helpers: [helper(6, "/usr/bin/ssh")] }, launch);
    assert.equal(found?.certainty, "likely");
    const fixes = found.fixes.map((fix) => ({ ...fix, preferred: !fix.preferred }));
    const config = fixedConfig(launch.config, { cause: "", title: "", ...found, fixes });
    assert.deepEqual(config["env"], { GIT_SSH_COMMAND: "ssh -o BatchMode=yes" });
  });

  it("says no more than likely of what ssh itself runs, and nothing of a hook of git status", () => {
    const proxied = [...fetching.slice(0, 2), one(6, 3, "ssh"), one(7, 6, "nc")];
    const facts = { helpers: [helper(7, "/usr/bin/nc")] };
    assert.equal(judge(privateModuleAuthHang, facts, launchOf({}, still(proxied)))?.certainty, "likely");
    const status = one(3, 2, "git", ["git", "status", "--porcelain"]);
    const hooked = [one(2, 1, "go"), status, one(7, 3, "fsmonitor-watch")];
    assert.equal(askingGit(hooked), undefined);
    assert.equal(judge(privateModuleAuthHang, facts, launchOf({}, still(hooked))), undefined);
    assert.equal(askingGit([...hooked, one(4, 2, "git", ["git", "fetch"]), one(8, 4, "ssh")])?.git.pid, 4);
  });

  it("takes no connection for the reason while git asks, and every other git for a download", () => {
    const whole = (processes: readonly ProcessSample[]) => launchOf({}, still(processes));
    assert.equal(waitingOnNetwork(whole(asking).timeline), undefined);
    assert.equal(waitingOnNetwork(whole(fetching).timeline)?.pid, 5);
    assert.equal(judge(privateModuleAuthHang, { helpers: [] }, whole(fetching)), undefined);
    const busy = launchOf({}, { ...still(asking), idleMs: 200 });
    assert.equal(judge(privateModuleAuthHang, { helpers: [helper(7, "/x")] }, busy), undefined);
    const moment = launchOf({}, { ...still(asking), idleMs: 1500 });
    assert.equal(judge(privateModuleAuthHang, { helpers: [helper(7, "/x")] }, moment)?.certainty, "likely");
  });

  it("knows a helper that goes by git's own name", () => {
    const store = [...fetching, one(6, 5, "git", ["git", "credential-cache", "get"])];
    assert.deepEqual(
      askingGit(store)?.helpers.map(({ pid }) => pid),
      [6],
    );
    assert.equal(askingGit(store)?.git.pid, 3);
  });

  it("reads a script's own path", () => {
    const text = "helper 6 0\ninput /dev/null\npath /my helpers/ask.sh\n";
    assert.deepEqual(gitHelpers.read(answer(text), launchOf({})), [
      { pid: 6, wchan: "", input: "/dev/null", path: "/my helpers/ask.sh" },
    ]);
  });
});
