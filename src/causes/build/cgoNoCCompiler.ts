import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type CCompiler, cCompiler } from "../../probes/cCompiler.ts";
import { compilerMissing, constraintsExclude } from "../texts.ts";

const id = "cgo-no-c-compiler";

/** A package with cgo files needs a C compiler where dlv builds. */
export const cgoNoCCompiler = cause({
  id,
  title: say`The build needs a C compiler, and dlv's PATH has none`,
  about: {
    what: 'A package that imports "C" is compiled by go and by a C compiler: the one in CC, else gcc or clang. Slim images, Alpine and the PATH of a desktop have none. With CGO_ENABLED=1 the build stops with `C compiler "gcc" not found`. Where CGO_ENABLED is not set, go turns cgo off by itself when it finds no compiler: then every file that imports "C" is left out, and a package of nothing else is `build constraints exclude all Go files`. The standard library has Go code for each of its own cgo packages, so CGO_ENABLED=0 is enough unless the program itself uses C.',
    notThis:
      "Since Go 1.20 a missing compiler alone breaks nothing: only CGO_ENABLED=1, CC or a package that is all cgo does. Files can be excluded by GOOS and build tags as well, so go is asked which packages have cgo files. A compiler that is there and fails (missing headers, wrong flags) is another matter.",
    sources: [
      "microsoft/vscode-go#1433",
      "microsoft/vscode-go#472",
      "microsoft/vscode-go#2505",
      "therecipe/qt#1127",
      "metalbear-co/mirrord#1509",
      "go-delve/delve#2644",
    ],
    seen: "real",
  },
  needs: { compiler: cCompiler },
  when: (launch) =>
    builds(launch) &&
    [compilerMissing, constraintsExclude].some((one) => one.test(launch.timeline.buildError ?? "")),
  find({ compiler }, launch) {
    const { cc, found, cgo, cgoSet, others } = compiler;
    const said = launch.timeline.buildError ?? "";
    // net uses cgo as well, and does without: of packages that were left out, those count that go names.
    const users = compilerMissing.test(said)
      ? compiler.users
      : compiler.users.filter((user, index) => isLeftOut(said, user, compiler.dirs[index] ?? user));
    if (found !== undefined || users.length === 0) return undefined;
    // Somebody who turned cgo off has to turn it on first; no compiler is missed before.
    if (!compilerMissing.test(said) && (cgo || cgoSet)) return undefined;
    return {
      certainty: "proven",
      because: because(compiler, users),
      evidence: [
        say`command -v ${cc} on dlv's PATH: not found`,
        `go env CGO_ENABLED: ${cgo ? "1" : "0"} (${cgoSet ? say`set` : say`decided by go`})`,
        say`go list with CGO_ENABLED=1: cgo files in ${users.slice(0, 5).join(", ")}`,
        ...others.map((file) => say`there is ${file}`),
        ...said.split("\n").filter((line) => compilerMissing.test(line) || constraintsExclude.test(line)),
      ],
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: fixes(compiler),
    };
  },
});

function because({ cc, cgo }: CCompiler, users: readonly string[]): string {
  const named = users.slice(0, 3).join(", ");
  if (users.length === 1)
    return cgo
      ? say`${named} needs a C compiler, and dlv's PATH has no ${cc}.`
      : say`${named} needs a C compiler, and dlv's PATH has no ${cc}, so go left out every file with cgo in it.`;
  return cgo
    ? say`${named} need a C compiler, and dlv's PATH has no ${cc}.`
    : say`${named} need a C compiler, and dlv's PATH has no ${cc}, so go left out every file with cgo in it.`;
}

/** go names the package, its directory, or the line that imports it and the directory. */
function isLeftOut(said: string, user: string, dir: string): boolean {
  return said
    .split("\n")
    .filter((line) => constraintsExclude.test(line))
    .map((line) => line.replace(/ \(exit status \d+\)$/, ""))
    .some((line) => line.includes(`${user}: build constraints`) || line.endsWith(` in ${dir}`));
}

function fixes({ withoutCgo, others, cc }: CCompiler): Fix[] {
  const [other] = others;
  const all: Omit<Fix, "preferred">[] = [];
  if (withoutCgo)
    all.push({
      ...base("without-cgo", say`Build this configuration without cgo`, "launch"),
      action: { kind: "launch.json", edits: [{ at: ["env", "CGO_ENABLED"], value: "0" }] },
    });
  if (other !== undefined)
    all.push({
      ...base("use-compiler", say`Let cgo call ${other}`, "launch"),
      action: {
        kind: "launch.json",
        edits: [
          { at: ["env", "CC"], value: other },
          { at: ["env", "CGO_ENABLED"], value: "1" },
        ],
      },
    });
  all.push({
    ...base("install", say`Install a C compiler`, "machine"),
    needsRoot: true,
    action: {
      kind: "advice",
      text: say`Install one where dlv runs (Debian: apt install build-essential; Alpine: apk add build-base; macOS: xcode-select --install), or put the directory of ${cc} on the PATH that dlv gets.`,
    },
  });
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function base(name: string, title: string, scope: Fix["scope"]) {
  return { id: `${id}/${name}`, title, needsRoot: false, scope };
}
