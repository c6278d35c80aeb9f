import assert from "node:assert/strict";
import { editorFile, factsOf, hollowLaunch } from "../../../test/lab/hollow.ts";
import { judge } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import { findMappings, type PathFacts } from "./pathMapping.ts";
import { substitutePathMissing } from "./substitutePathMissing.ts";
import { symlinkedWorkspace } from "./symlinkedWorkspace.ts";

function find(places: readonly string[], facts: PathFacts, config: Config = {}) {
  return judge(substitutePathMissing, { ...facts }, hollowLaunch(places, config));
}

function rulesOf(places: readonly string[], facts: PathFacts, config: Config = {}): unknown {
  const found = find(places, facts, config);
  if (found === undefined) return undefined;
  const fixed = fixedConfig(config, { cause: "", title: "", ...found });
  assert.equal(find(places, facts, fixed), undefined, "its own fix silences it");
  return fixed["substitutePath"];
}

const main = editorFile("/w/main.go");
const built = factsOf(["/build/main.go"], { editor: [main] });

describe("substitute-path-missing", () => {
  it("is proven by the same file of the same module under another root", () => {
    const found = find(["/w/main.go:12"], built);
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "The breakpoint at main.go:12 is not set: app knows the file as /build/main.go.",
    );
    assert.deepEqual(found.evidence, [
      "/w/main.go:12: could not find file /w/main.go",
      "/app has /build/main.go, and nothing at /w/main.go",
    ]);
    assert.deepEqual(found.explains, { phase: "run", ms: 50 });
    assert.deepEqual(rulesOf(["/w/main.go:12"], built), [{ from: "/w", to: "/build" }]);
  });

  it("has one entry for each root: folder, replaced module, module cache, GOROOT", () => {
    const places = [
      "/w/pkg/a.go:1",
      "/lib/lib.go:1",
      "/home/me/go/pkg/mod/github.com/x/y@v1.2.3/z.go:1",
      "/usr/local/go/src/fmt/print.go:1",
    ];
    const sources = factsOf(
      [
        "/build/pkg/a.go",
        "/other/lib/lib.go",
        "/root/go/pkg/mod/github.com/x/y@v1.2.3/z.go",
        "/go/src/fmt/print.go",
      ],
      {
        modules: ["example.com/app", "example.com/lib", "github.com/x/y"],
        editor: [
          editorFile("/w/pkg/a.go"),
          editorFile("/lib/lib.go", "/lib", "example.com/lib"),
          editorFile(
            "/home/me/go/pkg/mod/github.com/x/y@v1.2.3/z.go",
            "/home/me/go/pkg/mod/github.com/x/y@v1.2.3",
            "github.com/x/y",
          ),
          editorFile("/usr/local/go/src/fmt/print.go", "/usr/local/go/src", "std"),
        ],
      },
    );
    assert.deepEqual(rulesOf(places, sources), [
      { from: "/home/me/go/pkg/mod", to: "/root/go/pkg/mod" },
      { from: "/usr/local/go/src", to: "/go/src" },
      { from: "/lib", to: "/other/lib" },
      { from: "/w", to: "/build" },
    ]);
  });

  it("goes by the folder where nothing tells the module, and is likely then", () => {
    const away = { path: "/w/pkg/a.go", same: [], other: [], copies: [] };
    const sources = factsOf(["/build/pkg/a.go", "/build/other/a.go"], { editor: [away] });
    assert.equal(find(["/w/pkg/a.go:1"], sources)?.certainty, "likely");
    assert.deepEqual(rulesOf(["/w/pkg/a.go:1"], sources), [{ from: "/w", to: "/build" }]);
    const bare = factsOf(["/build/main.go"], { editor: [{ ...away, path: "/w/main.go" }] });
    assert.equal(find(["/w/main.go:1"], bare)?.certainty, "likely");
    assert.equal(find(["/elsewhere/main.go:1"], bare), undefined);
    const windows = factsOf(["/build/pkg/a.go"], { editor: [] });
    assert.deepEqual(rulesOf(["C:\\w\\pkg\\a.go:1"], windows), [{ from: "C:\\w", to: "/build" }]);
  });

  it("decides between two copies by the editor's other files", () => {
    const editor = [main, editorFile("/w/pkg/a.go")];
    const sources = factsOf(["/build/main.go", "/tool/main.go", "/build/pkg/a.go"], { editor });
    assert.deepEqual(rulesOf(["/w/main.go:1"], sources), [{ from: "/w", to: "/build" }]);
    assert.equal(find(["/w/main.go:1"], factsOf(["/build/main.go", "/tool/main.go"], { editor })), undefined);
  });

  it("merges with the entries that are there", () => {
    const astray = { substitutePath: [{ from: "/w", to: "/no" }] };
    assert.deepEqual(rulesOf(["/w/main.go:1"], built, astray), [{ from: "/w", to: "/build" }]);
    const same = factsOf(["/w/main.go"], { knowsFolder: true, editor: [main] });
    assert.equal(rulesOf(["/w/main.go:1"], same, astray), undefined);
    assert.equal(find(["/w/main.go:1"], same, astray)?.certainty, "proven");
    assert.equal(
      find(["/w/main.go:1"], built, { substitutePath: [{ from: "/w", to: "/build" }] }),
      undefined,
    );
  });

  it("says what an attach guessed for its other files, since any entry ends the guessing", () => {
    const lib = editorFile("/lib/lib.go", "/lib", "example.com/lib");
    const sources = factsOf(["/build/main.go", "/other/lib.go"], {
      modules: ["example.com/app", "example.com/lib"],
      editor: [main, lib],
    });
    const launch = hollowLaunch(["/w/main.go:1"], { request: "attach", mode: "remote", program: undefined });
    const verified = { at: "/lib/lib.go:4", verified: true };
    const timeline = { ...launch.timeline, breakpoints: [...launch.timeline.breakpoints, verified] };
    const found = judge(substitutePathMissing, { ...sources }, { ...launch, timeline });
    assert.deepEqual(fixedConfig({}, found && { cause: "", title: "", ...found })["substitutePath"], [
      { from: "/lib", to: "/other" },
      { from: "/w", to: "/build" },
    ]);
    assert.equal(found?.explains, undefined);
  });

  it("is likely where the program is gone and go list told its files", () => {
    const { program: _, ...gone } = built.sources;
    assert.equal(find(["/w/main.go:1"], { ...built, sources: gone })?.certainty, "likely");
  });

  it("is clear for a file that is no part of the program: not linked in, another module, a foreign copy", () => {
    const elsewhere = factsOf(["/build/other/a.go"], { editor: [editorFile("/w/pkg/a.go")] });
    assert.equal(find(["/w/pkg/a.go:1"], elsewhere), undefined);
    const healthy = factsOf(["/w/main.go", "/x/pkg/a.go"], {
      knowsFolder: true,
      editor: [editorFile("/w/pkg/a.go")],
    });
    assert.equal(find(["/w/pkg/a.go:1"], healthy), undefined);
    const other = factsOf(["/build/main.go"], {
      editor: [editorFile("/w/main.go", "/w", "example.com/other")],
    });
    assert.equal(find(["/w/main.go:1"], other), undefined);
    const dependency = factsOf(["/root/go/pkg/mod/x.org/y@v1.0.0/main.go"], { editor: [main] });
    assert.equal(find(["/w/main.go:1"], dependency), undefined);
  });

  it("is clear for another version of a dependency, and for a dependency that is not linked in", () => {
    const cached = (name: string, module: string) =>
      editorFile(`/go/pkg/mod/${name}/y.go`, `/go/pkg/mod/${name}`, module);
    for (const trimpath of [false, true]) {
      const known = `${trimpath ? "" : "/go/pkg/mod/"}example.com/y@v1.1.0/y.go`;
      const old = cached("example.com/y@v1.0.0", "example.com/y");
      const foreign = cached("example.com/z@v1.1.0", "example.com/z");
      for (const editor of [old, foreign]) {
        const modules = ["example.com/app", "example.com/y"];
        const facts = factsOf([known], { trimpath, modules, editor: [editor] });
        assert.deepEqual(findMappings(facts, hollowLaunch([`${editor.path}:4`])), []);
      }
    }
  });

  it("is clear for another copy of the module that the program was built from in the folder", () => {
    const copy = editorFile("/copy/main.go", "/copy");
    const facts = factsOf(["/w/main.go"], { knowsFolder: true, editor: [copy] });
    assert.equal(find(["/copy/main.go:1"], facts), undefined);
  });

  it("is found behind a tunnel, where the folder that is looked from is another host's home", () => {
    const editor = editorFile("/home/me/src/main.go", "/home/me/src");
    const { sources, editorModules } = factsOf(["/home/me/build/main.go"], {
      knowsFolder: true,
      editor: [editor],
    });
    const launch = { ...hollowLaunch(["/home/me/src/main.go:1"]), folder: "/home/me" };
    const judged = (more: object) =>
      judge(substitutePathMissing, { sources, editorModules }, { ...launch, ...more });
    assert.equal(judged({ nearFolder: "/home/me/src" })?.certainty, "proven");
    assert.equal(judged({}), undefined);
  });

  it("is likely where this host has both files and they differ, and proven where they are copies", () => {
    const [known] = built.sources.files;
    const other = known === undefined ? [] : [known];
    const facts = (copies: readonly string[]) => factsOf(other, { editor: [{ ...main, other, copies }] });
    assert.equal(find(["/w/main.go:12"], facts([]))?.certainty, "likely");
    assert.equal(find(["/w/main.go:12"], facts(other))?.certainty, "proven");
  });

  it("takes a hard link or a bind mount for no symbolic link", () => {
    const facts = factsOf(["/mnt/main.go"], { editor: [{ ...main, same: ["/mnt/main.go"] }] });
    assert.equal(find(["/w/main.go:12"], facts)?.certainty, "proven");
    assert.equal(judge(symlinkedWorkspace, { ...facts }, hollowLaunch(["/w/main.go:12"])), undefined);
  });

  it("asks nothing where dlv said something else, or has not been told all breakpoints yet", () => {
    const facts = { ...built };
    for (const text of [
      "could not find statement at /w/main.go:1, please use a line with a statement",
      "could not find file /w/main.go, binary is stripped",
    ])
      assert.equal(
        judge(
          substitutePathMissing,
          facts,
          hollowLaunch(["/w/main.go:1"], {}, () => text),
        ),
        undefined,
      );
    const launch = hollowLaunch(["/w/main.go:1"]);
    const phases = [{ name: "configure", startMs: 0, ms: 5, parts: [] }] as const;
    assert.equal(
      judge(substitutePathMissing, facts, { ...launch, timeline: { ...launch.timeline, phases } }),
      undefined,
    );
    assert.equal(judge(substitutePathMissing, { ...facts }, hollowLaunch(["main.main"])), undefined);
  });
});
