import { withoutMmap } from "../../core/godebug.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { envText } from "../../core/starts.ts";

/** GODEBUG=mmap=1, which no Go knows. */
export const godebugMmap = rule({
  code: "DLV214",
  id: "godebug-mmap",
  title: say`GODEBUG sets mmap, which Go does not know`,
  severity: "warning",
  of: "configuration",
  prevents: ["wrong-popular-settings"],
  about: {
    what: "Advice on the web hands `GODEBUG=mmap=1` around as a cure for slow debugging. Go has no setting of that name, and ignores it in silence.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "env": { "GODEBUG": "gctrace=1,mmap=1" } }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "env": { "GODEBUG": "gctrace=1" } }
  ]
}`,
    sources: ["https://go.dev/doc/godebug", "https://pkg.go.dev/runtime#hdr-Environment_Variables"],
  },
  *check(view) {
    const value = envText(view, "GODEBUG");
    const kept = value === undefined ? undefined : withoutMmap(value);
    if (kept === undefined) return;
    const at = ["env", "GODEBUG"];
    yield {
      at,
      message: say`Go knows no GODEBUG setting mmap: it does nothing.`,
      tag: "unnecessary",
      remedies: [
        { title: say`Remove mmap`, edits: [kept === "" ? { at } : { at, value: kept }], safe: true },
      ],
    };
  },
});
