import assert from "node:assert/strict";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type Launch, planned } from "../../core/launch.ts";
import type { ProcessSample, Socket } from "../../core/process.ts";
import { noTimeline, type Timeline } from "../../core/timeline.ts";
import type { Download } from "../../probes/downloads.ts";
import type { GoProxy } from "../../probes/goProxy.ts";
import { moduleDownloadBlocked } from "./moduleDownloadBlocked.ts";

const socket: Socket = {
  state: "ESTABLISHED",
  local: "127.0.0.1:40000",
  remote: "127.0.0.1:9",
  txQueue: 0,
  rxQueue: 0,
};
const go: ProcessSample = {
  pid: 4711,
  ppid: 1,
  name: "go",
  argv: ["go", "build"],
  state: "S",
  cpuMs: 20,
  sockets: [socket],
};
const stalled: Timeline = {
  ...noTimeline,
  totalMs: 12_000,
  current: "build",
  phases: [{ name: "build", startMs: 100, ms: 11_900, parts: [] }],
  idleMs: 11_200,
  last: { processes: [go] },
};
const proxy: GoProxy = {
  value: "http://127.0.0.1:9",
  setBy: "launch",
  rest: "https://modules.example,direct",
  standard: "https://modules.example,direct",
  addresses: [{ variable: "GOPROXY", address: "127.0.0.1:9", host: "127.0.0.1:9" }],
};
const download: Download = {
  pid: 4711,
  path: "/c/cache/download/example.com/greeting/@v/v1.0.0.lock",
  module: "example.com/greeting@v1.0.0",
};
const config = { program: ".", __buildDir: "/w", env: { GOPROXY: "http://127.0.0.1:9" } };
const launchWith = (timeline: Timeline, own: Readonly<Record<string, unknown>> = config): Launch => ({
  ...planned(own, "/w"),
  timeline,
});
const facts = {
  downloads: [download],
  goProxy: proxy,
  socketBytes: new Map([["4711 127.0.0.1:40000", 0]]),
  cachedModules: new Set<string>(),
};

function judge(launch: Launch, more: Readonly<Record<string, unknown>> = {}) {
  if (moduleDownloadBlocked.when?.(launch) === false) return undefined;
  return moduleDownloadBlocked.find({ ...facts, ...more }, launch);
}

const failed = (text: string): Timeline => ({
  ...noTimeline,
  totalMs: 300,
  outcome: "failed",
  buildError: `Build Error: go build -o x .\ngo: downloading example.com/greeting v1.0.0\n${text} (exit status 1)`,
});

describe("module-download-blocked", () => {
  it("proves a stall by the process's own socket and lock file", () => {
    const found = judge(launchWith(stalled));
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found?.because,
      "go has waited 11.2 s for example.com/greeting@v1.0.0 on a connection to 127.0.0.1:9 that sends nothing.",
    );
    assert.equal(
      found?.evidence[0],
      "pid 4711 go: ESTABLISHED 127.0.0.1:9 (127.0.0.1:9 of GOPROXY), 0 B received, no CPU and no bytes for 11.2 s",
    );
    assert.deepEqual(found?.explains, { phase: "build", ms: 11_200 });
    assert.equal(found?.fixes.filter((fix) => fix.preferred).length, 1);
  });

  it("is only likely where the socket leads elsewhere, or the lock cannot be read", () => {
    assert.equal(judge(launchWith(stalled), { goProxy: { ...proxy, addresses: [] } })?.certainty, "likely");
    assert.equal(judge(launchWith(stalled), { downloads: [] })?.certainty, "likely");
  });

  it("its own fix silences it", () => {
    const found = judge(launchWith(stalled));
    assert.ok(found !== undefined);
    const fixed = fixedConfig(config, { ...found, cause: moduleDownloadBlocked.id, title: "" });
    assert.deepEqual(fixed["env"], {});
    // Without the entry, go asks a proxy that answers: there is no process that waits.
    const answered = { ...stalled, idleMs: 0, last: { processes: [{ ...go, sockets: [] }] } };
    assert.equal(judge(launchWith(answered, fixed)), undefined);
  });

  it("leaves a toolchain download to its own cause", () => {
    const toolchain = [{ pid: 4711, path: "/c/golang.org/toolchain/x.lock", toolchain: "go1.99.0" }];
    assert.equal(judge(launchWith(stalled), { downloads: toolchain }), undefined);
  });

  const calm: Readonly<Record<string, Timeline>> = {
    "bytes that still come in": { ...stalled, idleMs: 200 },
    "a socket whose bytes go does not read": {
      ...stalled,
      last: { processes: [{ ...go, sockets: [{ ...socket, rxQueue: 100 }] }] },
    },
    "a compiler at work": {
      ...stalled,
      last: { processes: [go, { ...go, pid: 5, name: "compile", sockets: [] }] },
    },
    "a go without a socket": { ...stalled, last: { processes: [{ ...go, sockets: [] }] } },
    "a program that waits for requests": { ...stalled, current: "run" },
    "a plain compile error": failed("./main.go:4:2: undefined: x"),
    "no launch at all": noTimeline,
  };
  for (const [what, timeline] of Object.entries(calm))
    it(`is silent on ${what}`, () => assert.equal(judge(launchWith(timeline)), undefined));

  const texts: Readonly<Record<string, string>> = {
    "a refused connection":
      'main.go:6:2: example.com/greeting@v1.0.0: Get "http://127.0.0.1:9/x.zip": dial tcp 127.0.0.1:9: connect: connection refused',
    "a time-out":
      'main.go:6:2: example.com/greeting@v1.0.0: Get "http://10.0.0.1/x.zip": dial tcp 10.0.0.1:80: i/o timeout',
    "a name that does not resolve":
      'main.go:6:2: example.com/greeting@v1.0.0: Get "http://none/x.zip": dial tcp: lookup none on 10.0.0.53:53: no such host',
    "an error of the proxy":
      "main.go:6:2: example.com/greeting@v1.0.0: reading http://127.0.0.1:9/x.zip: 404 Not Found",
    "GOPROXY=off": "main.go:6:2: module lookup disabled by GOPROXY=off",
  };
  for (const [what, text] of Object.entries(texts)) {
    it(`finds ${what} in go's own words`, () => {
      const found = judge(launchWith(failed(text)));
      assert.equal(found?.certainty, "proven");
      assert.match(found.because, /^go could not download example\.com\/greeting@v1\.0\.0: /);
      assert.doesNotMatch(found.because, /exit status/);
    });
    it(`is silent on ${what} once the module is in the cache`, () => {
      const cachedModules = new Set(["example.com/greeting@v1.0.0"]);
      assert.equal(judge(launchWith(failed(text)), { cachedModules }), undefined);
    });
  }

  const idsOf = (goProxy: GoProxy) =>
    judge(launchWith(stalled), { goProxy })?.fixes.map(({ id }) => id) ?? [];

  it("offers what works for the layer that sets GOPROXY", () => {
    const preferred = (more: Partial<GoProxy>) =>
      judge(launchWith(stalled), { goProxy: { ...proxy, ...more } })?.fixes.find((fix) => fix.preferred)?.id;
    assert.equal(preferred({}), "module-download-blocked/remove-goproxy");
    assert.equal(preferred({ rest: "https://mirror.example" }), "module-download-blocked/remove-goproxy");
    const { rest: _, ...unknown } = proxy;
    assert.equal(idsOf(unknown)[0], "module-download-blocked/set-goproxy");
    // Whoever chose a proxy for all may have private modules there: the public one is a person's choice.
    for (const more of [{ rest: proxy.value }, { setBy: "process" }, { setBy: "file" }] as const) {
      assert.equal(preferred(more), "module-download-blocked/reach-a-proxy");
      assert.ok(idsOf({ ...proxy, ...more }).includes("module-download-blocked/set-goproxy"));
    }
    const standard = { setBy: "default", value: "https://modules.example,direct" } as const;
    assert.equal(preferred(standard), "module-download-blocked/reach-a-proxy");
  });

  it("never leads to the public proxy where off was chosen, or where the source answered", () => {
    const publicOnes = /set-goproxy|unset-goproxy/;
    for (const more of [
      { rest: "off" },
      { setBy: "file", value: "off" },
      { setBy: "process", value: "off" },
    ] as const)
      assert.doesNotMatch(idsOf({ ...proxy, ...more }).join(), publicOnes);
    for (const reason of [
      "reading http://127.0.0.1:9/x.zip: 404 Not Found",
      "reading http://127.0.0.1:9/x.zip: 410 Gone",
      "invalid version: unknown revision v1.0.0",
      "git fetch -f origin: exit status 128",
    ]) {
      const timeline = failed(`main.go:6:2: example.com/greeting@v1.0.0: ${reason}`);
      const found = judge(launchWith(timeline), { goProxy: { ...proxy, setBy: "file" } });
      assert.deepEqual(
        found?.fixes.map(({ id }) => id),
        ["module-download-blocked/check-module"],
      );
    }
  });

  it("shows no token of a URL, in GOPROXY or in go's words", () => {
    const goProxy = { ...proxy, value: "https://hunter22@127.0.0.1:9", setBy: "file", addresses: [] };
    const text = `main.go:6:2: example.com/greeting@v1.0.0: Get "https://hunter22@127.0.0.1:9/x.zip": EOF`;
    const found = judge(launchWith(failed(text)), { goProxy });
    assert.ok(found?.evidence.includes("GOPROXY is https://127.0.0.1:9, from what `go env -w` wrote"));
    assert.doesNotMatch(JSON.stringify(found), /hunter22/);
  });

  it("never shows what a GOPROXY with credentials holds", () => {
    const secret = { ...proxy, value: "http://me:hunter22@127.0.0.1:9", setBy: "file" as const };
    for (const timeline of [stalled, failed(texts["a refused connection"] ?? "")])
      assert.doesNotMatch(JSON.stringify(judge(launchWith(timeline), { goProxy: secret })), /hunter22/);
  });
});
