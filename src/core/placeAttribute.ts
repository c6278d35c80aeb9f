import type { Config } from "./config.ts";
import type { JsonPath } from "./fix.ts";
import { say } from "./say.ts";

/** The attribute of a launch configuration that says where its dlv runs. */
export const placeAttribute = "delveDoctor";

/** What the attribute says: which host, where the workspace folder lies there, and which dlv to run there. */
export interface PlaceAttribute {
  /** ssh:ALIAS, docker:NAME, podman:NAME or kubectl:POD. */
  readonly on: string;
  /** An absolute path; absent where it is the same as here. */
  readonly folder?: string;
  readonly dlv?: string;
}

/** The attribute of a configuration as it is written. */
export function writtenPlace(config: Config): unknown {
  return config[placeAttribute];
}

/** What is wrong with the attribute's value, and where in it; each in one line. */
export function faultsOfPlace(
  value: unknown,
): readonly { readonly at: JsonPath; readonly message: string }[] {
  const attribute = placeAttribute;
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ at: [], message: say`"${attribute}" must be an object, such as { "on": "ssh:build7" }` }];
  const { on, folder, dlv, ...others } = value as Readonly<Record<string, unknown>>;
  const faults = Object.keys(others).map((other) => ({
    at: [other],
    message: say`"${attribute}" has "${other}", and knows on, folder and dlv`,
  }));
  if (typeof on !== "string" || !/^(local|(ssh|docker|podman|kubectl):.+)$/s.test(on))
    faults.push({
      at: ["on"],
      message: say`"${attribute}.on" is ${JSON.stringify(on) ?? say`missing`}; there are local, ssh:ALIAS, docker:NAME, podman:NAME and kubectl:POD`,
    });
  if (folder !== undefined && (typeof folder !== "string" || !folder.startsWith("/")))
    faults.push({
      at: ["folder"],
      message: say`"${attribute}.folder" is ${JSON.stringify(folder)}; the folder's absolute path on that host is needed`,
    });
  if (dlv !== undefined && (typeof dlv !== "string" || dlv === ""))
    faults.push({
      at: ["dlv"],
      message: say`"${attribute}.dlv" is ${JSON.stringify(dlv)}; the name or path of a dlv on that host is needed`,
    });
  return faults;
}

/** Reads the attribute's value; undefined where it names this machine. Throws an Error of one line for a value that is none. */
export function readPlace(value: unknown): PlaceAttribute | undefined {
  const [fault] = faultsOfPlace(value);
  if (fault !== undefined) throw new Error(fault.message);
  if (value === undefined) return undefined;
  const { on, folder, dlv } = value as PlaceAttribute;
  if (on === "local") return undefined;
  return { on, ...(folder !== undefined && { folder }), ...(dlv !== undefined && { dlv }) };
}
