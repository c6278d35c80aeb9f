import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { servicesOf } from "./described.ts";
import { waitsForClient } from "./dlvFlags.ts";

/** A dlv that serves holds its program before its first instruction. */
export const composeWaitsForClient = rule({
  code: "DLV505",
  id: "compose-waits-for-client",
  title: say`The program waits for a client of dlv`,
  severity: "information",
  of: "compose",
  prevents: ["headless-waits-for-client"],
  about: {
    what: "`dlv exec --headless` (and `debug`, `attach`) holds the program until a client has connected and continued. The service does not answer and its health check fails until then. With `--continue --accept-multiclient` it runs at once and takes clients later; breakpoints in what runs at the start are then missed.",
    wrong: `services:
  api:
    build: .
    init: true
    command: ["dlv", "exec", "--headless", "--listen=:40000", "/app", "--", "serve"]
`,
    right: `services:
  api:
    build: .
    init: true
    command: ["dlv", "exec", "--headless", "--continue", "--accept-multiclient", "--listen=:40000", "/app", "--", "serve"]
`,
    sources: [
      "go-delve/delve#245",
      "https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go",
    ],
  },
  check: (file) => servicesOf(file).flatMap(waitsForClient),
});
