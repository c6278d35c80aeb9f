import { type FlagsFound, ignoredFlags, overriddenFlags } from "../../core/ignoredDlvFlags.ts";
import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { inTerminal, startsDlv } from "../../core/starts.ts";
import { adapterOf } from "../attributes/adapter.ts";

/** Flags of other dlv commands among those of dlv dap. */
export const idleDlvFlags = rule({
  code: "DLV215",
  id: "idle-dlv-flags",
  title: say`Flags of dlv that dlv dap ignores`,
  severity: "warning",
  of: "configuration",
  prevents: ["wrong-popular-settings"],
  about: {
    what: "`dlvFlags` are flags of `dlv dap`. It accepts those of `dlv debug`, `dlv exec` and `--headless`, warns of some, and ignores them: `--headless`, `--accept-multiclient`, `--api-version`, `--init`, `--backend`, `--build-flags`, `--wd`, `--redirect`, `--allow-non-terminal-interactive`. golang.go's own `--listen` stands behind yours and wins, and where it starts dlv without a terminal, on Linux and macOS, its `--log-dest` does. What they are for is said by attributes: `backend`, `buildFlags`, `cwd`, `stopOnEntry`, `stdinFrom`.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "dlvFlags": ["--headless", "--check-go-version=false", "--api-version", "2"] }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "dlvFlags": ["--check-go-version=false"] }
  ]
}`,
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go"],
  },
  *check(view, world) {
    const flags = view.config["dlvFlags"];
    if (!Array.isArray(flags) || !startsDlv(view) || adapterOf(view, world) !== "dlv-dap") return;
    yield* complain(flags, ignoredFlags(flags), (name) => say`dlv dap accepts ${name} and ignores it.`);
    yield* complain(
      flags,
      overriddenFlags(flags, !inTerminal(view) && world.platform !== "windows"),
      (name) =>
        name === "--log-dest"
          ? say`golang.go's own --log-dest stands behind this one, and wins: "logDest" names a file.`
          : say`golang.go's own --listen stands behind this ${name}, and wins.`,
    );
  },
});

function* complain(
  flags: readonly unknown[],
  { names, indices }: FlagsFound,
  why: (name: string) => string,
): Iterable<Complaint> {
  const edits =
    indices.length === flags.length
      ? [{ at: ["dlvFlags"] }]
      : // From the last to the first, because each removal moves those behind it.
        indices.toReversed().map((index) => ({ at: ["dlvFlags", index] }));
  for (const index of indices) {
    const [name = ""] = String(flags[index]).split("=", 1);
    if (!names.includes(name)) continue;
    yield {
      at: ["dlvFlags", index],
      message: why(name),
      tag: "unnecessary",
      // On Windows golang.go sets no --log-dest, and the file may be for colleagues there.
      remedies: [
        {
          title: say`Remove ${names.join(", ")}`,
          edits,
          ...(!names.includes("--log-dest") && { safe: true as const }),
        },
      ],
    };
  }
}
