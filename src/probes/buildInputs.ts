import { type BuildInputs, cacheMade, hashed, inputVariables, moduleRoot } from "../core/buildInputs.ts";
import { flagInputs } from "../core/flagInputs.ts";
import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { whyNot } from "./goProxy.ts";

/** What a build depends on now. */
export interface BuildFacts {
  readonly inputs: BuildInputs;
  /** The module's path; empty outside of one. */
  readonly module: string;
  /** When go last dropped what was not used for five days from its cache (ms since 1970); 0 where it never did. */
  readonly trimmedAt: number;
}

const variables = [...inputVariables.shown, ...inputVariables.hashed, "GOFLAGS", "GOMOD"];

/**
 * Asks go, and looks at its cache: `go clean -cache` removes the directories in it, and the next build makes them anew
 * (cmd/go/internal/clean, cmd/go/internal/cache). CGO_CFLAGS is what Delve sets where nobody did (cmd/dlv/main.go). The
 * toolchain that go.mod asks for is here after a build, so nothing is fetched.
 */
export const buildInputs = probe<BuildFacts>({
  id: "build-inputs",
  args: (launch) => [buildDirectory(launch), ...variables],
  sh: `cd "\${1:-.}" || exit 78
shift
PATH=$LAUNCH_PATH:$PATH GOPROXY=off GONOPROXY=none CGO_CFLAGS="\${CGO_CFLAGS:--O0 -g}"
export PATH GOPROXY GONOPROXY CGO_CFLAGS
go env -json "$@" || exit 70
dir=$(go env GOCACHE)
mod=$(go env GOMOD)
echo
printf 'made %s\\n' "$(stat -c '%W %i' "$dir/00" 2>/dev/null || stat -f '%B %i' "$dir/00" 2>/dev/null)"
printf 'trimmed %s\\n' "$(cat "$dir/trim.txt" 2>/dev/null)"
[ -s "$mod" ] || exit 0
printf 'module %s\\n' "$(sed -n 's/^module[[:space:]]*//p' "$mod")"
printf 'go.mod %s\\n' "$(cksum <"$mod")"
[ -f "\${mod%.mod}.sum" ] && printf 'go.sum %s\\n' "$(cksum <"\${mod%.mod}.sum")"
exit 0
`,
  read({ code, stdout, stderr }, launch) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const end = stdout.indexOf("\n}") + 2;
    const json: unknown = JSON.parse(stdout.slice(0, end));
    const env = new Map(Object.entries(json ?? {}).map(([name, value]) => [name, String(value)]));
    const variable = (name: string) => env.get(name) ?? "";
    const lines = stdout.slice(end).split("\n");
    const after = (key: string) =>
      lines
        .find((line) => line.startsWith(`${key} `))
        ?.slice(key.length + 1)
        .trim() ?? "";
    const inputs = {
      ...Object.fromEntries(inputVariables.shown.map((name) => [name, variable(name)])),
      ...Object.fromEntries(inputVariables.hashed.map((name) => [name, hashed(variable(name))])),
      ...flagInputs(variable("GOFLAGS"), launch.config["buildFlags"]),
      [cacheMade]: after("made"),
      [moduleRoot]: /^(?:.*)(?=[/\\]go\.mod$)/.exec(variable("GOMOD"))?.[0] ?? "",
      "go.mod": hashed(after("go.mod")),
      "go.sum": hashed(after("go.sum")),
    };
    const present = Object.entries(inputs).filter(([, value]) => value !== "");
    return {
      inputs: Object.fromEntries(present),
      module: after("module"),
      trimmedAt: (Number.parseInt(after("trimmed"), 10) || 0) * 1000,
    };
  },
});
