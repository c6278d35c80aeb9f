import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findIn } from "../../src/config/find.ts";
import { mergePlatform } from "../../src/config/platform.ts";
import { resolve } from "../../src/config/resolve.ts";
import type { Config } from "../../src/core/config.ts";
import { unknownWorld } from "../../src/core/world.ts";
import { check } from "../../src/language/check.ts";
import { openDocument } from "../../src/language/open.ts";
import { rules } from "../../src/rules/index.ts";
import { labLaunch } from "../lab/launch.ts";
import { helloFiles, labEnv, makeFolder, warmFor } from "../lab/module.ts";
import { go } from "../lab/tools.ts";
import { type CorpusFile, corpus } from "./corpus.ts";

/** A configuration of the corpus that is said to fail, with what is said of it. */
interface Doubtful {
  readonly file: string;
  readonly config: Config;
  readonly said: string;
}

/** What is said of one configuration alone, whatever else its file has. */
const own = rules.filter((rule) => rule.of === "configuration");

/** The Go launches of a file, as they are written. */
function launches({ file, under, text }: CorpusFile): readonly Config[] {
  return findIn(text, file, under)
    .configurations.map(({ config }) => config)
    .filter(({ type, request }) => type === "go" && request === "launch");
}

function errorsOf(config: Config): readonly string[] {
  const alone = openDocument("launch.json", "launch", JSON.stringify({ configurations: [config] }));
  return check(alone, own, unknownWorld).flatMap(({ severity, code, message }) =>
    severity === "error" ? [`${code} ${message}`] : [],
  );
}

/** The configurations that are said to fail; of several that fail alike the first. */
function doubtful(): readonly Doubtful[] {
  const all = corpus().flatMap((one) =>
    launches(one).map((config) => ({ file: one.source.file, config, said: errorsOf(config).join("\n") })),
  );
  return all.filter(({ said }, index) => said !== "" && all.findIndex((one) => one.said === said) === index);
}

describe("a real configuration that is said to fail", function () {
  this.timeout(240_000);
  const lab = makeFolder({
    ...helloFiles,
    "main_test.go": 'package main\n\nimport "testing"\n\nfunc TestHello(t *testing.T) {}\n',
  });
  const { folder } = lab;
  const binary = join(folder, "hello");
  let env: Record<string, string> = {};

  before(async () => {
    env = await labEnv();
    await warmFor(folder, env);
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", binary, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
  });
  after(() => lab.remove());

  /** The configuration with a program that is here, and without a terminal: the rest is as it was written. */
  async function launch(config: Config): Promise<string> {
    const {
      envFile: _,
      cwd: __,
      output: ___,
      console: ____,
      asRoot: _____,
      ...kept
    } = mergePlatform(config, "linux");
    const written = String(kept["program"]);
    const program = kept["mode"] === "exec" ? binary : written.endsWith("_test.go") ? "main_test.go" : folder;
    // A person's answers, and paths of another module, are any text.
    const plain = JSON.parse(
      JSON.stringify(kept).replace(/\$\{(input|command|config):[^}]*\}/g, "1"),
    ) as Config;
    const resolved = await resolve(
      { ...plain, program, env: { ...(plain["env"] as object), ...env } },
      { folder, file: join(folder, "main.go"), processEnv: {}, userHome: folder, platform: "linux" },
    );
    if ("errors" in resolved) return "refused";
    const { ended } = await labLaunch({ config: resolved.resolved.config, folder });
    return ended;
  }

  it("does fail, every one of them", async () => {
    const found = doubtful();
    assert.ok(found.length > 0);
    for (const { file, config, said } of found)
      assert.match(await launch(config), /^(failed|refused)$/, `${file}: ${String(config["name"])}\n${said}`);
  });

  it("is told from the others: those that nothing is said of start", async () => {
    const shapes = new Set<string>();
    for (const config of corpus().flatMap(launches)) {
      const shape = Object.keys(config).sort().join();
      // An external dlv is asked for where a port is written, and a build takes longer than a test may.
      if (config["mode"] !== "exec" || config["port"] !== undefined || shapes.has(shape)) continue;
      if (errorsOf(config).length > 0) continue;
      shapes.add(shape);
      assert.equal(await launch(config), "initialized", JSON.stringify(config));
    }
    assert.ok(shapes.size > 2, `${shapes.size} shapes`);
  });
});
