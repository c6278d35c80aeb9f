import assert from "node:assert/strict";
import { type Launch, planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { buildError } from "./buildError.ts";

const program = { kind: "directory", declared: [{ name: "other", file: "/w/app/other.go" }], there: [] };

function judge(text: string, own: Readonly<Record<string, unknown>> = {}, facts: object = program) {
  const launch: Launch = {
    ...planned({ program: ".", __buildDir: "/w/app", ...own }, "/w"),
    timeline: {
      ...noTimeline,
      totalMs: 900,
      outcome: "failed",
      phases: [{ name: "build", startMs: 100, ms: 800, parts: [] }],
      ...(text !== "" && {
        buildError: `Build Error: go build -o x -gcflags all=-N -l .\n${text} (exit status 1)`,
      }),
    },
  };
  return buildError.when?.(launch) === false ? undefined : buildError.find({ program: facts }, launch);
}

describe("build-error", () => {
  it("repeats the compiler's words and names the first position as an absolute path", () => {
    const found = judge("# example.com/app\n./main.go:5:2: undefined: x\n./sub/b.go:7:13: missing return");
    assert.equal(found?.certainty, "proven");
    assert.equal(found?.because, "/w/app/main.go:5:2: undefined: x (the first of 2 complaints)");
    assert.deepEqual(found?.evidence, ["./main.go:5:2: undefined: x", "./sub/b.go:7:13: missing return"]);
    assert.deepEqual(found?.explains, { phase: "build", ms: 800 });
    assert.equal(found?.fixes[0]?.title, "Correct /w/app/main.go:5:2");
    assert.equal(found?.fixes.filter((fix) => fix.preferred).length, 1);
  });

  it("counts files from dlvCwd where that is set, and leaves absolute ones", () => {
    assert.match(judge("./main.go:5:2: x", { dlvCwd: "/o" })?.because ?? "", /^\/o\/main\.go:5:2/);
    assert.match(judge("/lib/x.go:5:2: x")?.because ?? "", /^\/lib\/x\.go:5:2/);
  });

  it("shows ten lines at most", () => {
    const many = Array.from({ length: 30 }, (_, index) => `./main.go:${index + 1}:1: wrong`);
    assert.equal(judge(many.join("\n"))?.evidence.length, 10);
  });

  const own: Readonly<Record<string, string>> = {
    "a syntax error": "main.go:1:1: expected 'package', found pakage",
    "vet in a test": "# example.com/app\nvet: ./main_test.go:6:2: undefined: y",
    "a line without a column, as cgo gives": "# example.com/app\n./main.go:4: wrong C",
    "an import that no module provides":
      "main.go:3:8: no required module provides package example.com/none; to add it:\n\tgo get example.com/none",
    "an import that is misspelt": "main.go:3:8: package ftm is not in std (/usr/local/go/src/ftm)",
  };
  for (const [what, text] of Object.entries(own)) it(`finds ${what}`, () => assert.ok(judge(text)));

  const foreign: Readonly<Record<string, string>> = {
    "a module that cannot be fetched":
      'main.go:6:2: example.com/x@v1.0.0: Get "http://127.0.0.1:9/x": dial tcp 127.0.0.1:9: connect: connection refused',
    "a proxy's answer": "main.go:6:2: example.com/x@v1.0.0: reading http://p/x.zip: 404 Not Found",
    "GOPROXY=off": "main.go:6:2: module lookup disabled by GOPROXY=off",
    "GOPATH mode": 'main.go:5:2: cannot find package "example.com/x" in any of:',
    "a damaged standard library":
      "/usr/lib/go/src/os/error.go:8:2: package internal/oserror is not in std (/usr/lib/go/src/internal/oserror)",
    "git's refusal":
      "error obtaining VCS status: exit status 128\n\tUse -buildvcs=false to disable VCS stamping.",
    "a disk without room": "copying /tmp/x: write /w/__debug_bin: no space left on device",
    "no go.mod": "go: go.mod file not found in current directory or any parent directory",
    "no launch": "",
  };
  for (const [what, text] of Object.entries(foreign))
    it(`leaves ${what} to others`, () => assert.equal(judge(text), undefined));

  it("leaves what another file of the package declares to others, where one file is compiled alone", () => {
    const text = "# command-line-arguments\n./main.go:6:14: undefined: other";
    const file = { ...program, kind: "file" };
    assert.equal(judge(text, {}, file), undefined);
    assert.match(judge(`${text}\n./main.go:7:2: undefined: it`, {}, file)?.because ?? "", /undefined: it$/);
    assert.ok(judge(text), "a package that is compiled whole");
  });

  it("leaves a package of the standard library that is there to others: the cache or the disk is at fault", () => {
    const text = "main.go:3:8: package fmt is not in std (/usr/local/go/src/fmt)";
    assert.equal(judge(text, {}, { ...program, there: ["/usr/local/go/src/fmt"] }), undefined);
    assert.equal(judge(text)?.certainty, "proven");
  });

  it("is silent once the source is correct, and where Delve does not build", () => {
    assert.equal(judge(""), undefined);
    assert.equal(judge("./main.go:5:2: undefined: x", { mode: "exec" }), undefined);
  });
});
