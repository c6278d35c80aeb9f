import { type FlagPlace, strippingPlaces } from "../../core/flagPlaces.ts";
import { flagName, flagWords } from "../../core/goBuild.ts";
import { allOf } from "../../core/lists.ts";
import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram, envText } from "../../core/starts.ts";
import { strayToolFlag } from "../../core/toolFlags.ts";
import { isVariable } from "../attributes/adapter.ts";
import { placeEdit } from "./placeEdit.ts";

/** The linker's -s and -w in a configuration that is there to debug. */
export const strippedBuild = rule({
  code: "DLV206",
  id: "stripped-build",
  title: say`The build leaves out the debug information`,
  severity: "warning",
  of: "configuration",
  prevents: ["no-debug-info"],
  about: {
    what: "The linker flags `-s` and `-w` leave out the DWARF sections from which Delve knows lines and variables. Since 1.21 Delve starts such a program all the same, and then no breakpoint finds its file; older ones refuse it after the whole build. `-s` with `-w=0` keeps the DWARF and drops the symbol table, and Delve refuses that on Linux: `could not parse ELF symbols`. A program that is to be debugged needs neither flag.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-tags=dev -ldflags='-s -w'" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-tags=dev" }
  ]
}`,
    sources: ["https://pkg.go.dev/cmd/link", "go-delve/delve#3338"],
  },
  *check(view, { platform }) {
    const flags = view.config["buildFlags"];
    if (!buildsProgram(view) || view.config["noDebug"] === true || isVariable(String(flags))) return;
    const goFlags = envText(view, "GOFLAGS") ?? "";
    for (const place of strippingPlaces(flags, goFlags)) {
      // A part of the list on its own is what go refuses first: torn-build-flags.
      if (place.name === "buildFlags" && strayToolFlag(flagWords(flags)) !== undefined) continue;
      const values = linkerFlags(place.name === "GOFLAGS" ? goFlags : flags);
      const [value = ""] = values;
      // Of several -ldflags go takes the last; a pattern may mean other packages than the program's.
      if (values.length > 1 || /^['"]?(?!all=)[^\s=-][^\s=]*=/.test(value)) continue;
      const keepsDwarf = /(^|[\s'"=])--?w=(0|f|F|false|FALSE|False)\b/.test(value);
      if (!keepsDwarf || platform === "linux") yield complain(place, keepsDwarf);
    }
  },
});

/** The values of every -ldflags, in quotes or not. */
function linkerFlags(flags: unknown): string[] {
  const words = flagWords(typeof flags === "string" ? flags.replaceAll('"', "'") : flags);
  return words.flatMap((word, index) => {
    if (flagName(word) !== "ldflags") return [];
    return [word.includes("=") ? word.slice(word.indexOf("=") + 1) : (words[index + 1] ?? "")];
  });
}

function complain(place: FlagPlace, keepsDwarf: boolean): Complaint {
  const names = allOf(place.found);
  const { at } = placeEdit(place);
  return {
    at,
    ...(keepsDwarf && { severity: "error" as const }),
    message: keepsDwarf
      ? say`The linker flag -s leaves out the symbol table: Delve refuses the program.`
      : place.found.length === 1
        ? say`The linker flag ${names} leaves out the debug information: breakpoints and variables cannot work.`
        : say`The linker flags ${names} leave out the debug information: breakpoints and variables cannot work.`,
    remedies: [{ title: say`Take ${names} out of ${place.name}`, edits: [placeEdit(place)] }],
  };
}
