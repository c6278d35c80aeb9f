import assert from "node:assert/strict";
import type { Config } from "../../core/config.ts";
import type { Fix } from "../../core/fix.ts";
import { type Launch, planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { editJsonc } from "../../fixes/edit.ts";
import { wrongPopularSettings } from "./wrongPopularSettings.ts";

const launchOf = (config: Config): Launch => ({ ...planned(config, "/w"), timeline: noTimeline });
const healthy = { name: "A", type: "go", request: "launch", mode: "debug", program: "/w" };

function find(config: Config) {
  const launch = launchOf(config);
  if (wrongPopularSettings.when?.(launch) === false) return undefined;
  return wrongPopularSettings.find({}, launch);
}

function applied(fix: Fix | undefined, config: Config): Config {
  assert.ok(fix?.action.kind === "launch.json");
  const result = editJsonc(JSON.stringify(config), fix.action.edits);
  assert.ok("text" in result, JSON.stringify(result));
  return JSON.parse(result.text);
}

const settings: Readonly<Record<string, Config>> = {
  "attach mode test": { ...healthy, request: "attach", mode: "test" },
  "attach mode exec": { ...healthy, request: "attach", mode: "exec", processId: 42 },
  dlvTrace: { ...healthy, dlvTrace: true },
  dlvLoadConfig: { ...healthy, dlvLoadConfig: { maxStringLen: 1000 } },
  apiVersion: { ...healthy, apiVersion: 2 },
  useApiV1: { ...healthy, useApiV1: false },
  GODEBUG: { ...healthy, env: { GODEBUG: "mmap=1" } },
  LD_PRELOAD: { ...healthy, env: { LD_PRELOAD: "/lib/x.so" } },
  dlvFlags: { ...healthy, dlvFlags: ["--headless", "--log", "--api-version", "2", "--accept-multiclient"] },
};

describe("wrong-popular-settings", () => {
  for (const [name, config] of Object.entries(settings))
    it(`finds ${name}, and its own fix silences it`, () => {
      const found = find(config);
      assert.ok(found !== undefined);
      assert.equal(found.explains, undefined);
      assert.equal(found.fixes.filter((fix) => fix.preferred).length, 1);
      for (const fix of found.fixes) assert.equal(find(applied(fix, config)), undefined, fix.id);
    });

  it("silences all at once, or all but what the program may need", () => {
    const config = Object.assign({}, ...Object.values(settings).slice(2), {
      env: { LD_PRELOAD: "/lib/x.so", GODEBUG: "mmap=1" },
    });
    const found = find(config);
    assert.equal(find(applied(found?.fixes[0], config)), undefined);
    const kept = applied(
      found?.fixes.find((fix) => fix.id.endsWith("/correct-sure")),
      config,
    );
    assert.deepEqual(kept["env"], { LD_PRELOAD: "/lib/x.so" });
    assert.equal(find(kept)?.certainty, "possible");
  });

  it("keeps what works beside what does not", () => {
    const flags = find(settings["dlvFlags"] ?? {});
    assert.deepEqual(applied(flags?.fixes[0], settings["dlvFlags"] ?? {})["dlvFlags"], ["--log"]);
    const config = { ...healthy, env: { A: "1", GODEBUG: "gctrace=1,mmap=1" } };
    assert.deepEqual(applied(find(config)?.fixes[0], config)["env"], { A: "1", GODEBUG: "gctrace=1" });
  });

  it("makes an attach what it was meant to be", () => {
    const fixed = (more: Config) => {
      const config = { ...healthy, request: "attach", mode: "test", ...more };
      const { request, mode } = applied(find(config)?.fixes[0], config);
      return [request, mode];
    };
    assert.deepEqual(fixed({}), ["launch", "test"]);
    assert.deepEqual(fixed({ processId: 42 }), ["attach", "local"]);
    assert.deepEqual(fixed({ port: 2345 }), ["attach", "remote"]);
    assert.deepEqual(fixed({ program: undefined }), ["attach", "local"]);
  });

  it("is certain only of what does nothing or fails", () => {
    for (const [name, config] of Object.entries(settings))
      assert.equal(find(config)?.certainty, name === "LD_PRELOAD" ? "possible" : "proven", name);
  });

  it("stays silent on a configuration without them", () => {
    const silent: Config[] = [
      healthy,
      { ...healthy, request: "attach", mode: "local", processId: 1 },
      { ...healthy, request: "attach", mode: "remote", port: 1, apiVersion: 2 },
      { ...healthy, debugAdapter: "legacy", apiVersion: 2, dlvLoadConfig: {}, dlvFlags: ["--headless"] },
      {
        ...healthy,
        dlvFlags: ["--log", "--check-go-version=false"],
        env: { GODEBUG: "gctrace=1", LD_PRELOAD: "" },
      },
      { ...healthy, dlvFlags: "--headless", env: "LD_PRELOAD=x" },
    ];
    for (const config of silent) assert.equal(find(config), undefined, JSON.stringify(config));
  });

  it("tells no value of the environment", () => {
    const found = find({ ...healthy, env: { GODEBUG: "mmap=s3cr3t", LD_PRELOAD: "/s3cr3t.so" } });
    assert.equal(JSON.stringify([found?.because, found?.evidence]).includes("s3cr3t"), false);
  });
});
