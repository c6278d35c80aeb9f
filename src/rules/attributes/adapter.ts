import type { View } from "../../core/rule.ts";
import type { World } from "../../core/world.ts";

/**
 * The debug adapter that golang.go takes for a configuration (extension/src/goDebugConfiguration.ts): every name but dlv-dap
 * is the legacy one. Undefined where it depends on the local dlv: a remote attach that names none.
 */
export function adapterOf({ config, mode }: View, world: World): "dlv-dap" | "legacy" | undefined {
  const settings = world.setting("go.delveConfig");
  const set =
    typeof settings === "object" && settings !== null && "debugAdapter" in settings
      ? settings.debugAdapter
      : undefined;
  const named = Object.hasOwn(config, "debugAdapter") ? config["debugAdapter"] : set;
  if (!named) return mode === "remote" ? undefined : "dlv-dap";
  if (isVariable(named)) return undefined;
  return named === "dlv-dap" ? "dlv-dap" : "legacy";
}

/** True for a text that VS Code makes another one of before anybody reads it. */
export function isVariable(value: unknown): boolean {
  return typeof value === "string" && value.includes("${");
}

/** True for what says nothing: templates and forms leave such values behind. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** The path of what a configuration has to say about its mode: the mode itself, or the request that has no other. */
export function modePath({ config }: View): readonly string[] {
  if (Object.hasOwn(config, "mode")) return ["mode"];
  return Object.hasOwn(config, "request") ? ["request"] : [];
}
