import assert from "node:assert/strict";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type Launch, planned } from "../../core/launch.ts";
import { noTimeline, type Timeline } from "../../core/timeline.ts";
import type { DlvProgram } from "../../probes/dlvProgram.ts";
import type { DlvStart } from "../../probes/dlvStart.ts";
import { dlvDiesOrMissingAtStart } from "./dlvDiesOrMissingAtStart.ts";

const fine: DlvProgram = {
  directory: "exists",
  path: "/go/bin/dlv",
  kind: "program",
  bytes: 20_000_000,
  interpreterExists: false,
  machine: 62,
  host: "x86_64",
  magic: true,
  others: [],
};
const starts: DlvStart = { code: 0, complaint: "" };
const ended = (said: string, exit: { code: number | null; signal: string | null }): Timeline => ({
  ...noTimeline,
  totalMs: 40,
  outcome: "failed",
  phases: [{ name: "start", startMs: 0, ms: 40, parts: [] }],
  dlv: { pid: 77, argv: ["dlv", "dap"], cwd: "/w", exit },
  said,
});
const unspawned = (errno: string): Timeline => ({
  ...noTimeline,
  totalMs: 3,
  outcome: "failed",
  phases: [{ name: "start", startMs: 0, ms: 3, parts: [] }],
  spawnError: { errno, text: errno },
});
const on = { system: "Linux", machine: "x86_64", release: "6.1.0" };
const config = { program: ".", __buildDir: "/w", dlvToolPath: "/go/bin/dlv" };

function judge(timeline: Timeline, file: Partial<DlvProgram> = {}, start = starts, own: object = config) {
  const launch: Launch = { ...planned({ ...own }, "/w"), timeline };
  if (dlvDiesOrMissingAtStart.when?.(launch) === false) return undefined;
  return dlvDiesOrMissingAtStart.find({ file: { ...fine, ...file }, start, install: undefined, on }, launch);
}

function fixed(own: Readonly<Record<string, unknown>>, found: ReturnType<typeof judge>) {
  assert.ok(found !== undefined);
  return fixedConfig(own, { ...found, cause: dlvDiesOrMissingAtStart.id, title: "" });
}

const files: readonly (readonly [string, Partial<DlvProgram>, RegExp])[] = [
  [
    "a directory that is missing",
    { directory: "missing", kind: "missing" },
    /directory .* does not exist: \/w/,
  ],
  ["a directory that is a file", { directory: "not a directory" }, /is not a directory: \/w/],
  ["a file that is missing", { kind: "missing" }, /^There is no \/go\/bin\/dlv\.$/],
  ["a name that PATH does not have", { kind: "missing", path: "dlv" }, /no dlv on the PATH/],
  ["a directory in its place", { kind: "directory" }, /is a directory, not dlv/],
  ["a lost execute bit", { kind: "not executable" }, /is not executable/],
  ["a missing loader", { interpreter: "/lib/ld-musl-x86_64.so.1" }, /needs \/lib\/ld-musl-x86_64\.so\.1/],
  ["a file that is no program", { magic: false }, /neither an ELF header nor #!/],
  ["another processor", { machine: 183 }, /another processor than this machine's x86_64/],
];

describe("dlv-dies-or-missing-at-start", () => {
  for (const [what, file, words] of files)
    it(`names ${what}`, () => {
      const found = judge(unspawned("ENOENT"), file);
      assert.equal(found?.certainty, "proven");
      assert.match(found.because, words);
      assert.ok(found.evidence.includes("starting dlv: ENOENT"));
      assert.deepEqual(found.explains, { phase: "start", ms: 3 });
      assert.equal(found.fixes.filter((fix) => fix.preferred).length, 1);
    });

  const bad: readonly (readonly [string, readonly string[], readonly string[] | undefined])[] = [
    ["Error: unknown flag: --bogus", ["--bogus"], undefined],
    ["Error: unknown flag: --bogus", ["--a", "--bogus=1", "--b"], ["--a", "--b"]],
    ["Error: unknown flag: --bogus", ["--bogus", "value", "--b"], ["--b"]],
    ["Error: unknown shorthand flag: 'x' in -xy", ["-xy", "--b"], ["--b"]],
    ["Error: flag needs an argument: --backend", ["--backend"], undefined],
    [
      'Error: invalid argument "maybe" for "--check-go-version" flag: strconv.ParseBool: parsing "maybe"',
      ["--check-go-version=maybe"],
      undefined,
    ],
  ];
  for (const [complaint, dlvFlags, left] of bad)
    it(`takes the flag of "${complaint}" out of ${JSON.stringify(dlvFlags)}, and that silences it`, () => {
      const own = { ...config, dlvFlags };
      const timeline = ended(`${complaint}\nUsage:\n`, { code: 0, signal: null });
      const found = judge(timeline, {}, { code: 0, complaint }, own);
      assert.equal(found?.certainty, "proven");
      assert.ok(found.evidence.some((line) => line.startsWith("pid 77 dlv: exit code 0")));
      const after = fixed(own, found);
      assert.deepEqual(after["dlvFlags"], left);
      assert.equal(judge(noTimeline, {}, starts, after), undefined);
    });

  it("installs anew where the flag is not the configuration's: this dlv is too old for ours", () => {
    const complaint = "Error: unknown flag: --log-dest";
    const found = judge(ended(complaint, { code: 0, signal: null }), {}, { code: 0, complaint });
    assert.deepEqual(found?.fixes[0]?.action, {
      kind: "command",
      argv: ["env", "GOBIN=/go/bin", "go", "install", "github.com/go-delve/delve/cmd/dlv@latest"],
    });
  });

  it("adds --log where --log-output stands alone", () => {
    const own = { ...config, dlvFlags: ["--log-output=dap"] };
    const found = judge(
      ended("--log-output specified without --log\n", { code: 1, signal: null }),
      {},
      starts,
      own,
    );
    assert.deepEqual(fixed(own, found)["dlvFlags"], ["--log", "--log-output=dap"]);
  });

  it("removes a host that is not this machine's", () => {
    const said = "couldn't start listener: listen tcp 192.0.2.1:0: bind: cannot assign requested address\n";
    const own = { ...config, host: "192.0.2.1" };
    const found = judge(ended(said, { code: 1, signal: null }), {}, starts, own);
    assert.equal(found?.because, "dlv cannot listen at 192.0.2.1:0: bind: cannot assign requested address");
    assert.deepEqual(fixed(own, found), config);
  });

  it("takes another dlv where there is one", () => {
    const found = judge(unspawned("ENOENT"), { kind: "missing", others: ["/usr/bin/dlv"] });
    const after = fixed(config, found);
    assert.equal(after["dlvToolPath"], "/usr/bin/dlv");
    assert.equal(judge(noTimeline, { path: "/usr/bin/dlv" }, starts, after), undefined);
  });

  it("proves a crash by starting it once more, and is only likely where it starts well the second time", () => {
    const crash = ended("", { code: null, signal: "SIGSEGV" });
    const found = judge(crash, { bytes: 4096 }, { code: 139, complaint: "" });
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /signal 11/);
    assert.equal(judge(crash)?.certainty, "likely");
  });

  it("looks at file and flags without a launch, and is silent where both are right", () => {
    assert.equal(judge(noTimeline), undefined);
    assert.match(judge(noTimeline, { kind: "missing" })?.because ?? "", /There is no/);
    assert.equal(judge(noTimeline, { kind: "missing" })?.explains, undefined);
  });

  it("asks no form of a dlv that runs: Mach-O, another processor's under binfmt_misc, a script without #!", () => {
    for (const file of [{ magic: false }, { machine: 183 }, { interpreter: "/lib/none.so" }]) {
      assert.equal(judge(noTimeline, file), undefined);
      assert.equal(judge(noTimeline, file, { code: 126, complaint: "" })?.certainty, "proven");
    }
    assert.match(judge(noTimeline, { magic: false, bytes: 0 })?.because ?? "", /is no program/);
    const said = "couldn't start listener: listen tcp 192.0.2.1:0: bind: cannot assign requested address\n";
    const found = judge(ended(said, { code: 1, signal: null }), { magic: false });
    assert.match(found?.because ?? "", /cannot listen/);
  });

  it("is silent on a dlv that listened and ended later, and where somebody else runs dlv", () => {
    const later = ended("API server listening", { code: 1, signal: null });
    const listened = {
      ...later,
      dlv: { pid: 7, argv: [], cwd: "/w", ...later.dlv, listening: "127.0.0.1:9" },
    };
    assert.equal(judge(listened, { kind: "missing" }), undefined);
    const remote = { request: "attach", mode: "remote", port: 2345 };
    assert.equal(judge(noTimeline, { kind: "missing" }, starts, remote), undefined);
    assert.equal(judge(noTimeline, { kind: "missing" }, starts, { ...config, port: 2345 }), undefined);
  });
});
