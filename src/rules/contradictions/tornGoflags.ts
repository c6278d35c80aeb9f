import { splitGoflags } from "../../core/goflags.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram, envText } from "../../core/starts.ts";
import { isToolFlag } from "../../core/toolFlags.ts";

/** A GOFLAGS that no go command accepts. */
export const tornGoflags = rule({
  code: "DLV212",
  id: "torn-goflags",
  title: say`GOFLAGS fall into words that are no flags`,
  severity: "error",
  of: "configuration",
  prevents: ["envfile-or-env-surprise"],
  about: {
    what: "go splits GOFLAGS at spaces, each word must be a flag of its own, and quotes count only around a whole word. So `-tags=a b` and `-tags a` are refused: `parsing $GOFLAGS: non-flag`, and `-ldflags=\"-X main.v=1\"` has to be written `'-ldflags=-X main.v=1'`. `-gcflags=all=-N -l` leaves `unknown flag -l`. Every go command fails with such a GOFLAGS, Delve's build first of all.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "env": { "GOFLAGS": "-mod mod" } }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "env": { "GOFLAGS": "-mod=mod" } }
  ]
}`,
    sources: ["https://pkg.go.dev/cmd/go#hdr-Environment_variables"],
  },
  *check(view) {
    const text = buildsProgram(view) ? envText(view, "GOFLAGS") : undefined;
    const words = text === undefined ? [] : splitGoflags(text);
    const at = ["env", "GOFLAGS"];
    if (words === undefined) {
      yield { at, message: say`GOFLAGS has a quote that is not closed: go refuses it.` };
      return;
    }
    const index = words.findIndex(
      (word) => !/^--?[^-=]/.test(word) || /^[^=]*["']/.test(word) || isToolFlag(word),
    );
    const wrong = words[index];
    if (wrong === undefined) return;
    const before = words[index - 1];
    const joined =
      before !== undefined && /^--?[\w-]+$/.test(before) && !/^-|["']/.test(wrong)
        ? words.toSpliced(index - 1, 2, `${before}=${wrong}`).join(" ")
        : undefined;
    yield {
      at,
      message: say`go splits GOFLAGS at spaces, and ${wrong} is no flag of its own: it refuses to run.`,
      remedies:
        joined === undefined || /\s\s|["']/.test(text ?? "")
          ? []
          : [{ title: say`Write ${joined}`, edits: [{ at, value: joined }] }],
    };
  },
});
