import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "../paths/samples.ts";

/** Flags of `go test` that hardly a test defines itself, each with whether it takes a value. */
const ofTheRun: Readonly<Record<string, boolean>> = {
  bench: true,
  count: true,
  failfast: false,
  run: true,
  skip: true,
};

/** The flags of a test binary that are switches (go help testflag). */
const switches = ["benchmem", "failfast", "fullpath", "json", "paniconexit0", "short", "v"];

/** go test's own spelling of a flag, handed to the test binary. */
export const testArguments = rule({
  code: "DLV226",
  id: "test-arguments",
  title: say`A test binary is given -run and its like`,
  severity: "warning",
  of: "configuration",
  prevents: [],
  about: {
    what: "In mode test the `args` go to the test binary as they are. `go test -run X` is translated by go into `-test.run=X`; Delve runs the binary itself, and nobody translates. With `-run` it ends at once, `flag provided but not defined: -run`, unless the test defines such a flag itself.",
    wrong: sample({ mode: "test", args: ["-run", "TestShop"] }),
    right: sample({ mode: "test", args: ["-test.run", "TestShop"] }),
    sources: ["https://pkg.go.dev/cmd/go#hdr-Testing_flags", "https://pkg.go.dev/testing"],
  },
  *check({ config, request, mode }) {
    const { args } = config;
    if (request !== "launch" || mode !== "test" || !Array.isArray(args)) return;
    for (let index = 0; index < args.length; index += 1) {
      const [, binary, name = "", value] =
        /^--?(test\.)?([\w.-]+)(=[\s\S]*)?$/.exec(String(args[index])) ?? [];
      // What stands behind a word that is no flag of tests is the program's own business.
      if (binary === undefined && !Object.hasOwn(ofTheRun, name)) return;
      if (binary === undefined) yield complain(index, name, value);
      if (value === undefined && (ofTheRun[name] ?? !switches.includes(name))) index += 1;
    }
  },
});

function complain(index: number, name: string, value = ""): Complaint {
  const at = ["args", index];
  const right = `-test.${name}${value}`;
  return {
    at,
    message: say`A test binary calls it -test.${name}: it knows no -${name}, unless the test defines one, and ends.`,
    remedies: [{ title: say`Write ${right}`, edits: [{ at, value: right }] }],
  };
}
