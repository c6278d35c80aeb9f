import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import { check } from "../../language/check.ts";
import { openKnowledge } from "../../language/knowledge.ts";
import { openDocument } from "../../language/open.ts";
import { paths } from "./index.ts";
import { sample } from "./samples.ts";

type Config = Readonly<Record<string, unknown>>;

describe("what the rules about paths call an error, with the real dlv", function () {
  this.timeout(300_000);
  let folder = "";
  let program = "";
  let env: Config = {};
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "delve-doctor-paths-"));
    // A Go program that is there already.
    program = await dlv();
    env = { PATH: `${dirname(await go())}:${process.env["PATH"]}`, GOTOOLCHAIN: "local", GOFLAGS: "" };
    for (const name of ["out", "empty"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "go.mod"), "module lab\n\ngo 1.21\n");
    writeFileSync(join(folder, "main.go"), "package main\n\nfunc main() {}\n");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function codes(config: Config): Promise<readonly string[]> {
    const document = openDocument(join(folder, ".vscode", "launch.json"), "launch", sample(config));
    const knowledge = openKnowledge();
    const ask = () => check(document, paths, knowledge.worldOf(document.file));
    ask();
    while (await knowledge.settle()) ask();
    return ask().map(({ code, severity }) => `${code} ${severity}`);
  }

  const faults: readonly (readonly [string, string, () => Config, RegExp])[] = [
    ["DLV303", "a directory", () => ({ mode: "exec", program: folder }), /not an executable file/],
    ["DLV303", "a text", () => ({ mode: "exec", program: join(folder, "go.mod") }), /not an executable file/],
    [
      "DLV304",
      "no cwd",
      () => ({ mode: "exec", program, cwd: join(folder, "none") }),
      /no such file or directory/,
    ],
    [
      "DLV306",
      "output to a directory",
      () => ({ program: folder, output: join(folder, "out") }),
      /not an executable file/,
    ],
    ["DLV307", "a core directory", () => ({ mode: "core", program, coreFilePath: folder }), /is a directory/],
    ["DLV313", "no Go files", () => ({ program: join(folder, "empty") }), /no Go files/],
  ];
  for (const [code, what, faulty, words] of faults)
    it(`${code}: ${what}`, async () => {
      const config = faulty();
      assert.deepEqual(await codes(config), [`${code} error`]);
      const builds = config["mode"] === undefined;
      const { ended, launch } = await labLaunch({
        folder,
        goal: "initialized",
        config: {
          ...{ name: "lab", type: "go", request: "launch", mode: "debug", env, ...config },
          // As golang.go passes it on.
          ...(builds && { program: ".", __buildDir: config["program"] }),
        },
      });
      assert.equal(ended, "failed");
      const { failure, buildError } = launch.timeline;
      assert.match(`${failure?.text} ${buildError}`, words);
    });
});
