import type { JsonPath } from "../../core/fix.ts";
import type { Complaint } from "../../core/rule.ts";

/** One key of the setting go.delveConfig and where it stands. */
export interface DelveSetting {
  readonly name: string;
  readonly value: unknown;
  readonly at: JsonPath;
}

/** The setting that golang.go lays under every configuration of Go. */
const delveConfig = "go.delveConfig";

/** What golang.go takes over from it into a configuration that has no such attribute (goDebugConfiguration.ts). */
export const taken = [
  "debugAdapter",
  "dlvFlags",
  "hideSystemGoroutines",
  "logOutput",
  "showGlobalVariables",
  "showLog",
  "showRegisters",
  "substitutePath",
];
export const takenByLegacy = ["apiVersion", "dlvLoadConfig", "useApiV1"];

/** The keys of go.delveConfig, as an object and as names with dots, which VS Code takes as well. */
export function delveSettings(settings: unknown): readonly DelveSetting[] {
  return Object.entries(objectOf(settings)).flatMap(([key, value]): readonly DelveSetting[] => {
    if (key === delveConfig)
      return Object.entries(objectOf(value)).map(([name, one]) => ({ name, value: one, at: [key, name] }));
    const [, name] = /^go\.delveConfig\.([^.]+)$/.exec(key) ?? [];
    return name === undefined ? [] : [{ name, value, at: [key] }];
  });
}

/** A complaint of a configuration that has a setting for an attribute, told of the setting; undefined for another one. */
export function toldOf(settings: readonly DelveSetting[], complaint: Complaint): Complaint | undefined {
  const place = (at: JsonPath) => {
    const setting = settings.find(({ name }) => name === at[0]);
    return setting && [...setting.at, ...at.slice(1)];
  };
  const at = place(complaint.at);
  if (at === undefined) return undefined;
  return {
    ...complaint,
    at,
    remedies: (complaint.remedies ?? []).flatMap((remedy) => {
      const edits = remedy.edits.flatMap((edit) => {
        const to = place(edit.at);
        return to === undefined ? [] : [{ ...edit, at: to }];
      });
      return edits.length === remedy.edits.length ? [{ ...remedy, edits }] : [];
    }),
  };
}

/** The value as an object; an empty one where it is none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
