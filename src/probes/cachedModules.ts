import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { whyNot } from "./goProxy.ts";

/** Which of the modules that a build error names, as PATH@VERSION, the module cache holds after all. */
export const cachedModules = probe<ReadonlySet<string>>({
  id: "cached-modules",
  args: (launch) => [
    buildDirectory(launch),
    ...namedModules(launch.timeline.buildError ?? "").flatMap((module) => [module, escaped(module)]),
  ],
  sh: `cd "\${1:-.}" || exit 78
shift
[ $# -gt 0 ] || exit 0
cache=$(GOTOOLCHAIN=local go env GOMODCACHE) || exit 70
while [ $# -gt 1 ]; do
  [ -f "$cache/cache/download/\${2%@*}/@v/\${2##*@}.zip" ] && printf '%s\\n' "$1"
  shift 2
done
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    return new Set(stdout.split("\n").filter(Boolean));
  },
});

/** Modules as go writes them: PATH@VERSION in its errors, "PATH VERSION" while it downloads. */
function namedModules(text: string): string[] {
  const named = Array.from(
    text.matchAll(/\b([\w.~/-]+)(?:@| )(v\d[\w.+-]+)/g),
    ([, path, version]) => `${path}@${version}`,
  );
  return [...new Set(named)].slice(0, 20);
}

/** The cache writes capital letters as "!" and the small letter (go.dev/ref/mod#goproxy-protocol). */
function escaped(module: string): string {
  return module.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
