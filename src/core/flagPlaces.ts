import { flagName, flagWords } from "./goBuild.ts";
import { findStripping } from "./ldflags.ts";

/** One place of a configuration that holds flags nobody wants in a debug build, and what it is without them. */
export interface FlagPlace {
  readonly name: "buildFlags" | "GOFLAGS";
  /** The flags in question, such as "-s", "-w" or "-trimpath". */
  readonly found: readonly string[];
  /** What is left of the place; undefined where nothing is. */
  readonly kept: string | readonly string[] | undefined;
}

/** Where the linker is told to leave out debug information: `buildFlags` as written, and the text of GOFLAGS. */
export function strippingPlaces(flags: unknown, goFlags: string): FlagPlace[] {
  const list = Array.isArray(flags);
  const text = list ? flags.map((flag) => quoted(String(flag))).join(" ") : String(flags ?? "");
  const own = findStripping(text);
  const places: FlagPlace[] = [];
  if (own.found.length > 0)
    places.push({ name: "buildFlags", found: own.found, kept: list ? unquoted(own.kept) : own.kept });
  // A flag of the command line takes the place of the same flag in GOFLAGS.
  const general = /(^|[\s'"])--?ldflags\b/.test(text) ? undefined : findStripping(goFlags);
  if (general !== undefined && general.found.length > 0)
    places.push({ name: "GOFLAGS", found: general.found, kept: general.kept });
  return places;
}

/** Where -trimpath is set: `buildFlags` as written, and the text of GOFLAGS. */
export function trimmingPlaces(flags: unknown, goFlags: string): FlagPlace[] {
  const own = flagWords(flags).filter(isTrimpath);
  const places: FlagPlace[] = [];
  if (own.some(isOn)) {
    const kept = Array.isArray(flags)
      ? flags.filter((word) => !isTrimpath(String(word)))
      : String(flags)
          .replace(/(^|\s)--?trimpath(?:=\S*)?(?=\s|$)/g, "")
          .trim();
    places.push({ name: "buildFlags", found: ["-trimpath"], kept: kept.length > 0 ? kept : undefined });
  }
  // A flag of the command line takes the place of the same flag in GOFLAGS, but here it is taken away.
  const all = goFlags.split(/\s+/).filter((word) => word !== "");
  if (all.some((word) => isTrimpath(word) && isOn(word)) && (own.length === 0 || own.some(isOn))) {
    const kept = all.filter((word) => !isTrimpath(word)).join(" ");
    places.push({ name: "GOFLAGS", found: ["-trimpath"], kept: kept === "" ? undefined : kept });
  }
  return places;
}

function isTrimpath(word: string): boolean {
  return flagName(word) === "trimpath";
}

function isOn(word: string): boolean {
  return !/=(?:0|f|F|false|FALSE|False)$/.test(word);
}

function quoted(flag: string): string {
  return /\s/.test(flag) && !/['"]/.test(flag) ? `'${flag}'` : flag;
}

function unquoted(text: string | undefined): readonly string[] | undefined {
  return text?.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)?.map((word) => word.replace(/^'(.*)'$/, "$1"));
}
