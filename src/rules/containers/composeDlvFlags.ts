import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { servicesOf } from "./described.ts";
import { refusedFlags } from "./dlvFlags.ts";

/** What the dlv of a service refuses of its flags. */
export const composeDlvFlags = rule({
  code: "DLV507",
  id: "compose-dlv-flags",
  title: say`dlv is given a flag that it does not take`,
  severity: "error",
  of: "compose",
  prevents: ["dlv-dies-or-missing-at-start"],
  about: {
    what: "dlv ends at once with its usage where it does not know a flag: a misspelt one, a long one with a single dash, `--continue` of `dlv dap` or `dlv test`. It also ends where `--continue` stands without `--headless` and `--accept-multiclient`. The container then stops, or starts again and again.",
    wrong: `services:
  api:
    build: .
    init: true
    command: ["dlv", "exec", "--headless", "--continue", "--listen=:40000", "/app"]
`,
    right: `services:
  api:
    build: .
    init: true
    command: ["dlv", "exec", "--headless", "--continue", "--accept-multiclient", "--listen=:40000", "/app"]
`,
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go"],
  },
  check: (file) => servicesOf(file).flatMap(refusedFlags),
});
