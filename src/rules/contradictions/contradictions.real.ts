import assert from "node:assert/strict";
import { helloFiles, type LabFolder, makeFolder } from "../../../test/lab/module.ts";
import { proxied } from "../../../test/lab/proxied.ts";
import { dlv } from "../../../test/lab/tools.ts";
import { unknownWorld } from "../../core/world.ts";
import { check } from "../../language/check.ts";
import { openDocument } from "../../language/open.ts";
import { edit } from "../../language/quickFix.ts";
import { contradictions } from "./index.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** What a rule calls an error, and what is said of it by the real dlv or go. `heals`: with its first fix it starts. */
const errors: readonly (readonly [code: string, attributes: Attributes, said: RegExp, heals?: "heals"])[] = [
  [
    "DLV205",
    { request: "attach", mode: "local", processId: process.pid, waitFor: "x" },
    /mutually exclusive/,
  ],
  ["DLV206", { buildFlags: "-ldflags='-s -w=0'" }, /could not parse ELF symbols/],
  ["DLV209", { buildFlags: "-o elsewhere" }, /not an executable file/, "heals"],
  ["DLV209", { buildFlags: "-n" }, /not an executable file/],
  ["DLV209", { buildFlags: "-v -C ." }, /-C flag must be first flag/],
  ["DLV209", { mode: "test", buildFlags: ["-C", "."] }, /-C flag must be first flag/],
  ["DLV210", { buildFlags: "-run X" }, /flag provided but not defined: -run/],
  ["DLV211", { buildFlags: '-ldflags="-X main.v=1"' }, /invalid value "\\"-X" for flag -ldflags/, "heals"],
  ["DLV211", { buildFlags: "-tags a b" }, /package b is not in std|no required module|malformed import path/],
  ["DLV211", { buildFlags: ["-tags a"] }, /flag provided but not defined: -tags a/, "heals"],
  ["DLV211", { buildFlags: ["-ldflags='-X main.v=1'"] }, /may not start with quote/, "heals"],
  ["DLV211", { buildFlags: "-gcflags=all=-N -l" }, /flag provided but not defined: -l/, "heals"],
  ["DLV211", { buildFlags: "-ldflags=-s -w" }, /flag provided but not defined: -w/],
  ["DLV212", { env: { GOFLAGS: "-gcflags=all=-N -l" } }, /parsing \$GOFLAGS: unknown flag -l/],
  ["DLV212", { env: { GOFLAGS: "-tags a" } }, /parsing \$GOFLAGS: non-flag "a"/, "heals"],
  ["DLV216", { dlvFlags: ["--check-go-version false"] }, /unknown flag: --check-go-version false/, "heals"],
  ["DLV216", { dlvFlags: ["--continue"] }, /unknown flag: --continue/, "heals"],
  ["DLV218", { env: { "A=1": "" } }, /failed to setenv/],
  ["DLV219", { env: { GOOS: "js", GOARCH: "wasm" } }, /not an executable file/],
  ["DLV221", { mode: "test", program: "./main.go" }, /not an executable file/],
  ["DLV221", { program: "./main_test.go" }, /no packages to build/, "heals"],
  ["DLV224", { mode: "exec", program: "/bin/true", outputMode: "remote", stderrTo: "x" }, /can not be used/],
];

/** What looks like these, is no error to a rule, and starts. */
const sound: readonly Attributes[] = [
  { buildFlags: ["-o", "elsewhere"] },
  { buildFlags: "-C ." },
  { env: { "A=1": null, "": null } },
  { buildFlags: '-ldflags=-X=main.size=5"' },
  { buildFlags: ["-ldflags", "-X main.v=1 -X main.w=2"] },
  { mode: "test", buildFlags: "-run X -count=1" },
  { env: { GOFLAGS: "'-ldflags=-X main.v=1' -v" } },
];

describe("what the rules about contradictions call an error, with the real dlv", function () {
  this.timeout(300_000);
  let lab: LabFolder;
  before(() => {
    lab = makeFolder({
      ...helloFiles,
      "main_test.go": 'package main\n\nimport "testing"\n\nfunc TestX(*testing.T) {}\n',
    });
  });
  after(() => lab.remove());

  const whole = (attributes: Attributes) => ({
    name: "A",
    type: "go",
    request: "launch",
    mode: "debug",
    program: ".",
    __buildDir: lab.folder,
    ...attributes,
  });
  /** What is said of the launch, the build's words included; undefined where it is taken. */
  const refused = async (config: Attributes): Promise<string | undefined> => {
    const { client, proxy } = proxied(config, { folder: lab.folder, dlv: await dlv() });
    try {
      const begun = await client.response(client.send("initialize", { adapterID: "go" }));
      if (begun.success !== true) return JSON.stringify(begun);
      const answer = await client.response(client.send(String(config["request"]), config));
      return answer.success === true ? undefined : `${client.printed()}\n${JSON.stringify(answer.body)}`;
    } finally {
      await client.response(client.send("disconnect", { terminateDebuggee: true }));
      client.close();
      await proxy.done;
    }
  };
  const opened = (config: Attributes) =>
    openDocument("/w/launch.json", "launch", JSON.stringify({ configurations: [config] }));
  const problems = (config: Attributes) =>
    check(opened(config), contradictions, unknownWorld).filter(({ severity }) => severity === "error");

  for (const [code, attributes, said, heals] of errors)
    it(`${code}: ${JSON.stringify(attributes).replace(String(process.pid), "PID")}`, async () => {
      const config = whole(attributes);
      const [problem] = problems(config);
      assert.equal(problem?.code, code);
      assert.match((await refused(config)) ?? "nothing", said);
      if (heals === undefined) return;
      const edited = edit(opened(config), problem?.fixes[0]?.edits ?? []);
      assert.ok("text" in edited);
      const [fixed] = (JSON.parse(edited.text) as { configurations: Attributes[] }).configurations;
      assert.equal(await refused(fixed ?? {}), undefined);
    });

  for (const attributes of sound)
    it(`none: ${JSON.stringify(attributes)}`, async () => {
      assert.deepEqual(problems(whole(attributes)), []);
      assert.equal(await refused(whole(attributes)), undefined);
    });
});
