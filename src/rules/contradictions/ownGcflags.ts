import { dropGcflags, leftOfGcflags } from "../../core/gcflags.ts";
import { flagName, flagWords, withoutFlag } from "../../core/goBuild.ts";
import { splitGoflags } from "../../core/goflags.ts";
import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram, envText } from "../../core/starts.ts";
import { isToolFlag, strayToolFlag } from "../../core/toolFlags.ts";
import { isVariable } from "../attributes/adapter.ts";

/** Delve compiles with -gcflags of its own, and one of the two wins: mostly Delve's. */
export const ownGcflags = rule({
  code: "DLV208",
  id: "own-gcflags",
  title: say`-gcflags stand beside Delve's own`,
  severity: "warning",
  of: "configuration",
  prevents: ["buildflags-quoting"],
  about: {
    what: "Delve compiles with `-gcflags 'all=-N -l'`, so that no optimisation takes variables and lines away. go takes the last -gcflags that fits a package. Delve's stands behind those of a list of `buildFlags` and counts for more than GOFLAGS, so these do nothing; out of a text golang.go takes `-gcflags` with a warning. What it does not see there, such as `--gcflags` with two dashes, stands behind Delve's and takes its place: the program is compiled with optimisation.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-race -gcflags='all=-N -l'" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-race" }
  ]
}`,
    sources: [
      "https://github.com/golang/vscode-go/blob/master/docs/debugging.md#specifying-other-build-flags",
      "https://github.com/go-delve/delve/blob/v1.27.1/pkg/gobuild/gobuild.go",
      "https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies",
    ],
  },
  *check(view) {
    const flags = view.config["buildFlags"];
    if (!buildsProgram(view)) return;
    // A part of its value on its own is what go refuses: torn-build-flags and torn-goflags.
    const isTorn = strayToolFlag(flagWords(leftOfGcflags(flags))) !== undefined;
    if (
      !isTorn &&
      !isVariable(String(flags)) &&
      flagWords(flags).some((word) => flagName(word) === "gcflags")
    )
      yield inBuildFlags(flags);
    const general = envText(view, "GOFLAGS");
    if (general === undefined || splitGoflags(general)?.some(isToolFlag)) return;
    const kept = dropGcflags(general).trim();
    if (kept !== general.trim())
      yield {
        at: ["env", "GOFLAGS"],
        message: say`-gcflags in GOFLAGS does nothing: Delve's own -gcflags='all=-N -l' counts for more.`,
        tag: "unnecessary",
        remedies: [removal(["env", "GOFLAGS"], kept)],
      };
  },
});

function inBuildFlags(flags: unknown): Complaint {
  const at = ["buildFlags"];
  const list = Array.isArray(flags);
  // The words of a list as one text: Delve's own flags may be in one item or in two.
  const written = list ? flags.join(" ") : String(flags);
  const same = /--?gcflags[= ](["']?)(all=)?(-N -l|-l -N)\1(\s|$)/.test(written);
  if (list)
    return {
      at,
      ...(same && { severity: "information" as const }),
      message: say`-gcflags in a list does nothing: Delve's own -gcflags='all=-N -l' stands behind it.`,
      tag: "unnecessary",
      remedies: [removal(at, withoutFlag<unknown>(flags, "gcflags"))],
    };
  const text = String(flags);
  const left = flagWords(leftOfGcflags(text)).some((word) => flagName(word) === "gcflags");
  const kept = dropGcflags(text).trim();
  const remedies = dropGcflags(text) === text ? [] : [removal(at, kept)];
  if (left)
    return {
      at,
      ...(same && { severity: "information" as const }),
      message: same
        ? say`Delve sets -gcflags='all=-N -l' itself.`
        : say`This -gcflags takes the place of Delve's own 'all=-N -l': the program is compiled with optimisation.`,
      remedies: remedies.map(({ title, edits }) => ({ title, edits })),
    };
  return {
    at,
    ...(same && { severity: "information" as const }),
    message: say`golang.go takes -gcflags out of "buildFlags", because Delve sets 'all=-N -l' itself.`,
    tag: "unnecessary",
    remedies,
  };
}

function removal(at: readonly string[], kept: string | readonly unknown[]) {
  const edit = kept.length === 0 ? { at } : { at, value: kept };
  return { title: say`Take -gcflags out: Delve sets its own`, edits: [edit], safe: true } as const;
}
