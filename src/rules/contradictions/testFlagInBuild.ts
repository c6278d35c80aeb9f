import { leftOfGcflags } from "../../core/gcflags.ts";
import { flagName, flagWords, withoutFlag } from "../../core/goBuild.ts";
import { type Remedy, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram } from "../../core/starts.ts";
import { isVariable } from "../attributes/adapter.ts";
import { keptFlags } from "./keptFlags.ts";

/** Flags of `go test` for the run of a test binary (go help testflag), each with whether it takes a value. */
const ofTheRun: Readonly<Record<string, boolean>> = {
  bench: true,
  benchmem: false,
  benchtime: true,
  count: true,
  failfast: false,
  parallel: true,
  run: true,
  short: false,
  skip: true,
  timeout: true,
};

/** -run and its like are for the test binary, and buildFlags are for its build. */
export const testFlagInBuild = rule({
  code: "DLV210",
  id: "test-flag-in-build",
  title: say`A flag for the run of tests stands among the build flags`,
  severity: "warning",
  of: "configuration",
  prevents: ["attribute-refused"],
  about: {
    what: 'Delve builds tests with `go test -c` and runs the binary itself. Flags such as `-run` or `-count` in `buildFlags` are taken by `go test -c` and forgotten: all tests run. In mode debug `go build` refuses them: `flag provided but not defined: -run`. Their place is `args`, with the name that a test binary knows: `"args": ["-test.run=^TestShop$"]`.',
    wrong: `{
  "configurations": [
    { "name": "Tests", "type": "go", "request": "launch", "mode": "test", "program": "\${workspaceFolder}/shop", "buildFlags": "-race -run=TestShop" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Tests", "type": "go", "request": "launch", "mode": "test", "program": "\${workspaceFolder}/shop", "buildFlags": "-race", "args": ["-test.run=TestShop"] }
  ]
}`,
    sources: ["https://pkg.go.dev/cmd/go#hdr-Testing_flags"],
  },
  *check(view) {
    const flags = leftOfGcflags(view.config["buildFlags"]);
    if (!buildsProgram(view) || view.mode === "auto" || isVariable(String(flags))) return;
    const words = flagWords(flags);
    const names = words
      .flatMap((word) => flagName(word) ?? [])
      .filter((name) => Object.hasOwn(ofTheRun, name));
    for (const name of new Set(names)) {
      const message =
        view.mode === "test"
          ? say`-${name} does nothing in "buildFlags", because only the test binary reads it: write "-test.${name}" in "args".`
          : say`-${name} is no flag of go build, which refuses it.`;
      const severity = view.mode === "test" ? "warning" : "error";
      yield { at: ["buildFlags"], severity, message, remedies: remediesOf(view, name, words) };
    }
  },
});

function remediesOf({ config, mode }: View, name: string, words: readonly string[]): Remedy[] {
  const index = words.findIndex((word) => flagName(word) === name);
  const word = words[index] ?? "";
  const next = !word.includes("=") && ofTheRun[name] ? words[index + 1] : undefined;
  // A switch leaves the word behind it alone.
  const kept = ofTheRun[name] ? withoutFlag(words, name) : words.filter((one) => flagName(one) !== name);
  const edit = { at: ["buildFlags"], ...keptFlags(kept, config["buildFlags"]) };
  const args = config["args"] ?? [];
  const argument = `-test.${word.replace(/^--?/, "")}${next === undefined ? "" : `=${next}`}`;
  const move = {
    title: say`Write ${argument} in "args" instead`,
    edits: [edit, { at: ["args"], value: [argument, ...(Array.isArray(args) ? args : [])] }],
  };
  const remove = { title: say`Take -${name} out of buildFlags`, edits: [edit] };
  return mode === "test" && Array.isArray(args) ? [move, remove] : [remove];
}
