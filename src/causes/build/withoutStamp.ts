import type { Fix } from "../../core/fix.ts";
import { withBuildFlag } from "../../core/goBuild.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";

/** Builds without asking git for the version stamp (`go help buildvcs`): the launch needs none. */
export function withoutStamp(cause: string, launch: Launch): Fix {
  const value = withBuildFlag(launch, "-buildvcs=false");
  return {
    id: `${cause}/no-stamp`,
    title: say`Build without the version stamp`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["buildFlags"], value }] },
  };
}
