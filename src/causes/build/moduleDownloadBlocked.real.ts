import assert from "node:assert/strict";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type BlackHole, blackHole, fullBacklog } from "../../../test/lab/blackHole.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import {
  greetingFiles,
  type ModuleProxy,
  moduleProxy,
  type ProxyOptions,
} from "../../../test/lab/moduleProxy.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import type { Finding } from "../../core/finding.ts";

describe("a module that cannot be downloaded", function () {
  this.timeout(240_000);
  const lab = makeFolder(greetingFiles);
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 10 }];
  const inherited = process.env["GOPROXY"];
  let working: ModuleProxy;
  let caches = 0;

  before(async () => {
    // ss(8) counts the bytes that a socket received.
    await needDebian("iproute2");
    await warmCache();
    working = await moduleProxy();
    // What the editor's own environment would hold: the proxy that works.
    process.env["GOPROXY"] = working.url;
  });

  after(async () => {
    if (inherited === undefined) delete process.env["GOPROXY"];
    else process.env["GOPROXY"] = inherited;
    await working.close();
    lab.remove();
  });

  /** A launch whose module cache is empty, from the proxy that `env` names. */
  async function launchFrom(env: Readonly<Record<string, string>>, stallAfter?: number) {
    caches += 1;
    const all = await labEnv({ ...env, GOMODCACHE: join(folder, `cache${caches}`), GOFLAGS: "-modcacherw" });
    const config = debugConfig(folder, all);
    const result = await labLaunch({
      config,
      folder,
      breakpoints,
      ...(stallAfter !== undefined && { stallAfter }),
    });
    return { config, result };
  }

  async function fixReaches(config: Readonly<Record<string, unknown>>, finding: Finding) {
    cured(finding, await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints }));
  }

  const holes: readonly (readonly [string, () => Promise<BlackHole>, RegExp])[] = [
    ["takes the connection and never answers", blackHole, /ESTABLISHED .*, 0 B received/],
    ["drops every packet", fullBacklog, /SYN_SENT/],
  ];
  for (const [what, dig, socket] of holes)
    it(`is named, first and proven, where the proxy ${what}; its fix reaches the stop`, async () => {
      const hole = await dig();
      try {
        const { config, result } = await launchFrom({ GOPROXY: hole.url }, 1500);
        assert.equal(result.ended, "stalled");
        const finding = named(result, "module-download-blocked", "proven");
        assert.match(finding.because, /example\.com\/greeting@v1\.0\.0 on a connection to 127\.0\.0\.1:/);
        const evidence = finding.evidence.join("\n");
        assert.match(evidence, socket);
        assert.ok(evidence.includes(`127.0.0.1:${hole.port}`), evidence);
        assert.match(evidence, /v1\.0\.0\.lock/);
        assert.equal(finding.explains?.phase, "build");
        assert.ok((finding.explains?.ms ?? 0) >= 1500);
        await fixReaches(config, finding);
      } finally {
        await hole.close();
      }
    });

  const failures: readonly (readonly [string, ProxyOptions | string, RegExp])[] = [
    ["answers 404", { status: 404 }, /404 Not Found/],
    ["answers 502", { status: 502 }, /502 Bad Gateway/],
    ["refuses the connection", "http://127.0.0.1:9", /connection refused/],
    ["is off", "off", /GOPROXY=off/],
  ];
  for (const [what, how, words] of failures)
    it(`is found in go's own words where the proxy ${what}; its fix reaches the stop`, async () => {
      const proxy = typeof how === "string" ? undefined : await moduleProxy(how);
      try {
        const { config, result } = await launchFrom({ GOPROXY: proxy?.url ?? String(how) });
        assert.equal(result.ended, "failed");
        const finding = named(result, "module-download-blocked", "proven");
        assert.match(finding.because, words);
        await fixReaches(config, finding);
      } finally {
        await proxy?.close();
      }
    });

  it("finds nothing where the proxy works", async () => {
    const { result } = await launchFrom({ GOPROXY: working.url });
    silent(result, "finds nothing where the proxy works");
  });

  it("leaves a slow proxy alone while bytes come in", async () => {
    const slow = await moduleProxy({ dripMs: 8 });
    try {
      const { result } = await launchFrom({ GOPROXY: slow.url }, 1000);
      silent(result, "leaves a slow proxy alone while bytes come in");
    } finally {
      await slow.close();
    }
  });
});
