import { trimmingPlaces } from "../../core/flagPlaces.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram, envText } from "../../core/starts.ts";
import { isEmpty, isVariable } from "../attributes/adapter.ts";
import { placeEdit } from "./placeEdit.ts";

/** -trimpath without a substitutePath that undoes it. */
export const trimmedBuild = rule({
  code: "DLV207",
  id: "trimmed-build",
  title: say`The build takes the directories out of the program`,
  severity: "warning",
  of: "configuration",
  prevents: ["trimpath"],
  about: {
    what: "With `-trimpath` go writes `example.com/shop/main.go` into the program instead of `/home/me/shop/main.go`. An editor asks Delve for the file by its directory, and Delve answers `could not find file`: no breakpoint is set. A debug build does not need the flag; where it must stay, `substitutePath` maps the directory to the module, and this rule says nothing.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-trimpath -tags=dev" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-tags=dev" }
  ]
}`,
    sources: ["golang/vscode-go#1985", "go-delve/delve#2297"],
  },
  *check(view, world) {
    const { buildFlags: flags, noDebug, substitutePath } = view.config as Readonly<Record<string, unknown>>;
    if (!buildsProgram(view) || noDebug === true || isVariable(String(flags))) return;
    const settings = world.setting("go.delveConfig");
    const usual =
      typeof settings === "object" && settings !== null && "substitutePath" in settings
        ? settings.substitutePath
        : undefined;
    if (!isEmpty(substitutePath ?? usual)) return;
    for (const place of trimmingPlaces(flags, envText(view, "GOFLAGS") ?? "")) {
      const edit = placeEdit(place);
      yield {
        at: edit.at,
        message: say`-trimpath takes the directories out of the program: without a "substitutePath" no breakpoint finds its file.`,
        remedies: [{ title: say`Take -trimpath out of ${place.name}`, edits: [edit] }],
      };
    }
  },
});
