import { type Complaint, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { startsDlv } from "../../core/starts.ts";
import { adapterOf, isEmpty } from "../attributes/adapter.ts";
import { sample } from "../paths/samples.ts";

/** What is to be logged, where nothing is logged. */
export const logWithoutLog = rule({
  code: "DLV217",
  id: "log-without-log",
  title: say`It is said what dlv logs, and not that it logs`,
  severity: "information",
  of: "configuration",
  prevents: ["dlv-dies-or-missing-at-start"],
  about: {
    what: "golang.go makes `--log-output` of `logOutput` only where `showLog` is true, here or in the setting `go.delveConfig`. A `--log-output` among `dlvFlags` reaches dlv in any case, and without `--log` it ends at once: `--log-output specified without --log`. That is a warning, because a user's own settings may have `showLog`.",
    wrong: sample({ logOutput: "dap" }),
    right: sample({ showLog: true, logOutput: "dap" }),
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts"],
  },
  *check(view, world) {
    if (!startsDlv(view) || adapterOf(view, world) !== "dlv-dap") return;
    const { showLog, logOutput, dlvFlags } = view.config as Readonly<Record<string, unknown>>;
    const settings = world.setting("go.delveConfig");
    const usual =
      typeof settings === "object" && settings !== null && "showLog" in settings
        ? settings.showLog
        : undefined;
    if (showLog ?? usual) return;
    if (!isEmpty(logOutput))
      yield complain(["logOutput"], say`"logOutput" counts only with "showLog": true.`);
    if (!Array.isArray(dlvFlags) || dlvFlags.some((flag) => /^--log(=|$)/.test(String(flag)))) return;
    const index = dlvFlags.findIndex((flag) => /^--log-output(=|$)/.test(String(flag)));
    if (index < 0) return;
    const message = say`dlv takes --log-output only with --log, which "showLog": true adds, and ends without it.`;
    yield { ...complain(["dlvFlags", index], message), severity: "warning" };
  },
});

function complain(at: Complaint["at"], message: string): Complaint {
  const edits = [{ at: ["showLog"], value: true }];
  return { at, message, remedies: [{ title: say`Write "showLog": true`, edits }] };
}
