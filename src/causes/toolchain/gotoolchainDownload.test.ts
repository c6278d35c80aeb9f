import assert from "node:assert/strict";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type Launch, planned } from "../../core/launch.ts";
import type { ProcessSample } from "../../core/process.ts";
import { noTimeline, type Timeline } from "../../core/timeline.ts";
import type { GoProxy } from "../../probes/goProxy.ts";
import type { GoToolchain } from "../../probes/goToolchain.ts";
import { gotoolchainDownload } from "./gotoolchainDownload.ts";

const go: ProcessSample = {
  pid: 4711,
  ppid: 1,
  name: "go",
  argv: ["go", "build"],
  state: "S",
  cpuMs: 20,
  sockets: [{ state: "SYN_SENT", local: "10.0.0.2:40000", remote: "10.0.0.1:443", txQueue: 1, rxQueue: 0 }],
};
const stalled: Timeline = {
  ...noTimeline,
  totalMs: 9000,
  current: "build",
  idleMs: 8000,
  last: { processes: [go] },
};
const failed = (text: string): Timeline => ({
  ...noTimeline,
  totalMs: 300,
  outcome: "failed",
  buildError: `Build Error: go build -o x .\n${text} (exit status 1)`,
});
const goProxy: GoProxy = {
  value: "https://mirror.example",
  setBy: "process",
  standard: "https://modules.example,direct",
  addresses: [{ variable: "GOPROXY", address: "10.0.0.1:443", host: "mirror.example" }],
};
const asksMore: GoToolchain = {
  local: "1.26.8",
  setting: "auto",
  setBy: "default",
  file: "/w/go.mod",
  goLine: "1.25",
  toolchainLine: "1.99.1",
};
const demands: GoToolchain = {
  local: "1.26.8",
  setting: "auto",
  setBy: "default",
  file: "/w/go.mod",
  goLine: "1.99",
};
const facts = {
  downloads: [{ pid: 4711, path: "/c/golang.org/toolchain/@v/x.lock", toolchain: "go1.99.1" }],
  goProxy,
  goToolchain: asksMore,
  socketBytes: new Map<string, number>(),
};
const config = { program: ".", __buildDir: "/w" };
const launchWith = (timeline: Timeline, own: Readonly<Record<string, unknown>> = config): Launch => ({
  ...planned(own, "/w"),
  timeline,
});

function judge(launch: Launch, more: Readonly<Record<string, unknown>> = {}) {
  if (gotoolchainDownload.when?.(launch) === false) return undefined;
  return gotoolchainDownload.find({ ...facts, ...more }, launch);
}
const preferred = (found: ReturnType<typeof judge>) => found?.fixes.find((fix) => fix.preferred)?.id;

const refused = "go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)";

describe("gotoolchain-download", () => {
  it("proves a stall by the lock file of the toolchain, and by the line that asks for it", () => {
    const found = judge(launchWith(stalled));
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /8\.0 s for the toolchain go1\.99\.1, which \/w\/go\.mod asks for/);
    assert.ok(found.evidence.includes("/w/go.mod: toolchain go1.99.1"));
    assert.ok(found.evidence.includes("installed: go1.26.8; GOTOOLCHAIN is auto (default)"));
    assert.deepEqual(found.explains, { phase: "build", ms: 8000 });
  });

  it("needs no network where only the toolchain line asks: its own fix silences it", () => {
    const found = judge(launchWith(stalled));
    assert.equal(preferred(found), "gotoolchain-download/use-installed-go");
    assert.ok(found !== undefined);
    const fixed = fixedConfig(config, { ...found, cause: gotoolchainDownload.id, title: "" });
    assert.deepEqual(fixed["env"], { GOTOOLCHAIN: "local" });
    assert.equal(judge(launchWith({ ...stalled, idleMs: 0 }, fixed), { downloads: [] }), undefined);
  });

  it("does not offer the installed Go where the go line demands another", () => {
    const found = judge(launchWith(stalled), { goToolchain: demands });
    assert.ok(found?.fixes.every((fix) => fix.id !== "gotoolchain-download/use-installed-go"));
    assert.equal(preferred(found), "gotoolchain-download/install-go");
    assert.ok(found?.fixes.some((fix) => fix.id === "gotoolchain-download/set-goproxy"));
    const own = judge(launchWith(stalled), {
      goToolchain: demands,
      goProxy: { ...goProxy, setBy: "launch" },
    });
    assert.equal(preferred(own), "gotoolchain-download/set-goproxy");
    const nowhere = { ...goProxy, setBy: "default", value: "https://modules.example,direct" };
    assert.equal(
      preferred(judge(launchWith(stalled), { goToolchain: demands, goProxy: nowhere })),
      "gotoolchain-download/install-go",
    );
  });

  it("finds the refusal of GOTOOLCHAIN=local, and its own fix silences it", () => {
    const own = { ...config, env: { GOTOOLCHAIN: "local" } };
    const found = judge(launchWith(failed(refused), own), { goToolchain: { ...demands, setting: "local" } });
    assert.equal(found?.because, refused);
    assert.equal(preferred(found), "gotoolchain-download/allow-newer-go");
    const fixed = fixedConfig(own, { ...found, cause: gotoolchainDownload.id, title: "" });
    assert.deepEqual(fixed["env"], { GOTOOLCHAIN: "auto" });
    assert.equal(judge(launchWith({ ...noTimeline, totalMs: 9, outcome: "stopped" }, fixed)), undefined);
  });

  it("does not take a version without its last number for a fault of the network", () => {
    const old = { ...demands, local: "1.21.5", goLine: "1.23" };
    const text = "go: download go1.23 for linux/amd64: toolchain not available";
    const found = judge(launchWith(failed(text)), { goToolchain: old });
    assert.equal(preferred(found), "gotoolchain-download/name-a-release");
    const [fix] = found?.fixes ?? [];
    assert.deepEqual(fix?.action, {
      kind: "command",
      argv: ["env", "GOTOOLCHAIN=local", "go", "mod", "edit", "-go=1.23.0"],
      cwd: "/w",
      undo: ["env", "GOTOOLCHAIN=local", "go", "mod", "edit", "-go=1.23"],
    });
  });

  it("finds a download that failed", () => {
    const text =
      'go: download go1.99.0: golang.org/toolchain@v0.0.1-go1.99.0.linux-amd64: Get "http://127.0.0.1:9/x": dial tcp 127.0.0.1:9: connect: connection refused';
    assert.equal(judge(launchWith(failed(text)), { goToolchain: demands })?.because, text);
  });

  it("leaves a module download to its own cause", () => {
    const module = [{ pid: 4711, path: "/c/x.lock", module: "example.com/x@v1.0.0" }];
    assert.equal(judge(launchWith(stalled), { downloads: module }), undefined);
  });

  it("is silent where no line asks for a newer Go, and where nothing waits", () => {
    const settled = { ...demands, goLine: "1.26" };
    assert.equal(judge(launchWith(failed(refused)), { goToolchain: settled }), undefined);
    assert.equal(judge(launchWith({ ...stalled, idleMs: 100 })), undefined);
    assert.equal(judge(launchWith(noTimeline)), undefined);
  });
});
