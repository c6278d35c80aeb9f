import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { containersOf } from "./described.ts";
import { refusedFlags } from "./dlvFlags.ts";
import { podSample } from "./samples.ts";

/** What the dlv of a pod's container refuses of its flags. */
export const podDlvFlags = rule({
  code: "DLV510",
  id: "pod-dlv-flags",
  title: say`dlv in a pod is given a flag that it does not take`,
  severity: "error",
  of: "pod",
  prevents: ["dlv-dies-or-missing-at-start"],
  about: {
    what: "dlv ends at once with its usage where it does not know a flag: a misspelt one, a long one with a single dash, `--continue` of `dlv dap` or `dlv test`. It also ends where `--continue` stands without `--headless` and `--accept-multiclient`. The container then stops, or starts again and again.",
    wrong: podSample("exec --headless --continue --listen=:40000 /app"),
    right: podSample("exec --headless --continue --accept-multiclient --listen=:40000 /app"),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go"],
  },
  check: (file) => containersOf(file).flatMap(refusedFlags),
});
