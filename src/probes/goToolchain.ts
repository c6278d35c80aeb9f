import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { type SetBy, setBy, whyNot } from "./goProxy.ts";

/** The Go that is installed, the Go that the module asks for, and what may bridge the two (go.dev/doc/toolchain). */
export interface GoToolchain {
  /** Such as "1.26.8". */
  readonly local: string;
  /** GOTOOLCHAIN: "auto", "local", "path" or a version with one of these; empty where an old go knows none. */
  readonly setting: string;
  readonly setBy: SetBy;
  /** The go.work or go.mod that decides, and the versions its go and toolchain lines name. */
  readonly file?: string;
  readonly goLine?: string;
  readonly toolchainLine?: string;
}

/** Asks without ever switching toolchains: GOTOOLCHAIN=local, and the setting itself is read where it is written. */
export const goToolchain = probe<GoToolchain>({
  id: "go-toolchain",
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
printf 'env %s\\n' "\${GOTOOLCHAIN:-}"
export GOTOOLCHAIN=local GOPROXY=off
version=$(go env GOVERSION) || exit 70
printf 'local %s\\n' "$version"
for file in "$(go env GOENV)" "$(go env GOROOT)/go.env"; do
  [ -f "$file" ] && sed -n 's/^GOTOOLCHAIN=/file /p' "$file"
  echo next
done
work=$(go env GOWORK); mod=$(go env GOMOD)
case $work in /*) mod=$work ;; esac
[ -f "$mod" ] && printf 'at %s\\n' "$mod" &&
  sed -n 's/^\\(go\\|toolchain\\)[[:space:]]\\{1,\\}\\([^[:space:]]*\\).*/line-\\1 \\2/p' "$mod"
exit 0
`,
  read({ code, stdout, stderr }, launch) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const after = (key: string, text = stdout) => new RegExp(`^${key} (.+)$`, "m").exec(text)?.[1];
    const [user = "", shipped = ""] = stdout.split("\nnext\n");
    const inEnv = after("env");
    const inFile = after("file", user);
    const file = after("at");
    const goLine = after("line-go");
    const toolchainLine = after("line-toolchain")?.replace(/^go/, "");
    return {
      local: (after("local") ?? "").replace(/^go/, ""),
      setting: inEnv ?? inFile ?? after("file", shipped) ?? "",
      setBy: setBy(launch, "GOTOOLCHAIN", inEnv !== undefined, inFile !== undefined),
      ...(file !== undefined && { file }),
      ...(goLine !== undefined && { goLine }),
      ...(toolchainLine !== undefined && toolchainLine !== "default" && { toolchainLine }),
    };
  },
});
