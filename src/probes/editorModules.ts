import { breakpointFiles } from "../core/breakpoints.ts";
import { probe } from "../core/probe.ts";

/** The module that a file of the editor's belongs to: its directory, as the editor's path names it, and its name. */
export interface EditorModule {
  readonly path: string;
  readonly root: string;
  readonly module: string;
}

/** Finds the nearest go.mod at or above each file that has breakpoints, where the editor is. */
export const editorModules = probe({
  id: "editor-modules",
  near: true,
  args: (launch) => breakpointFiles(launch.timeline),
  sh: `
for one in "$@"; do
  [ -f "$one" ] || continue
  up=\${one%/*}
  while [ -n "$up" ] && [ ! -f "$up/go.mod" ]; do up=\${up%/*}; done
  [ -n "$up" ] || continue
  printf 'editor %s\\nroot %s\\n' "$one" "$up"
  awk '$1 == "module" { gsub(/"/, "", $2); print "module " $2; exit }' "$up/go.mod"
done
exit 0
`,
  read({ stdout }): readonly EditorModule[] {
    return Array.from(
      stdout.matchAll(/^editor (.+)\nroot (.+)\nmodule (.+)$/gm),
      ([, path = "", root = "", module = ""]) => ({ path, root, module }),
    );
  },
});
