import type { Launch } from "../../core/launch.ts";

/** True where golang.go runs its legacy debug adapter by the configuration's own word. Such a session is seen by nobody. */
export function usesLegacyAdapter({ config, timeline }: Launch): boolean {
  return config["debugAdapter"] === "legacy" && timeline.totalMs === 0;
}
