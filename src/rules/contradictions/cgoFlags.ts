import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram, envText } from "../../core/starts.ts";

/** A CGO_CFLAGS takes the place of the one that dlv sets. */
export const cgoFlags = rule({
  code: "DLV213",
  id: "cgo-flags",
  title: say`CGO_CFLAGS take the place of Delve's own`,
  severity: "information",
  of: "configuration",
  prevents: [],
  about: {
    what: 'dlv sets CGO_CFLAGS to `-O0 -g`, unless the variable is set already. One in `env` therefore also drops the `-g` by which C code gets lines and variables, unless it says `-g` itself. For Go code nothing changes, and for C flags that must be, `-g` stands beside them: `"CGO_CFLAGS": "-g -I/opt/include"`.',
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "env": { "CGO_CFLAGS": "-I/opt/include" } }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "env": { "CGO_CFLAGS": "-g -I/opt/include" } }
  ]
}`,
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/main.go"],
  },
  *check(view) {
    const flags = buildsProgram(view) ? envText(view, "CGO_CFLAGS") : undefined;
    if (flags === undefined || flags.trim() === "" || /(^|\s)['"]?-g/.test(flags)) return;
    const at = ["env", "CGO_CFLAGS"];
    const own = /(^|\s)-O/.test(flags) ? "-g" : "-O0 -g";
    yield {
      at,
      message: say`CGO_CFLAGS takes the place of Delve's own "-O0 -g": without -g C code has no lines and variables.`,
      remedies: [{ title: say`Put ${own} in front`, edits: [{ at, value: `${own} ${flags}` }] }],
    };
  },
});
