import { mergePlatform, type Platform, placesIn, platforms } from "../config/platform.ts";
import type { Config } from "../core/config.ts";
import type { JsonPath } from "../core/fix.ts";
import type { Entry, OtherKind, Section, View } from "../core/rule.ts";
import type { Document } from "./document.ts";

/**
 * One thing in a document that rules can look at. `places` takes a path that counts from it to where an edit must be made
 * in the file: inside a platform's block where that sets the attribute, and in both places for what is to go.
 */
export type Subject = { places(at: JsonPath, removes?: boolean): readonly JsonPath[] } & (
  | {
      readonly of: "configuration";
      /** Made when it is asked for: most configurations are as they were a keystroke ago. */
      readonly value: View;
      /** All that see it so. */
      readonly platforms: readonly Platform[];
      /** The whole configuration as JSON: with the platforms it decides the view. */
      readonly written: string;
    }
  | { readonly of: "section"; readonly value: Section }
  | { readonly of: OtherKind; readonly value: unknown }
);

/** Everything in a document that rules can look at. */
export function subjectsOf({ kind, values }: Document): readonly Subject[] {
  return values.flatMap(({ under, value }): readonly Subject[] => {
    if (kind === "launch") return sectionSubjects(kind, value, under);
    const own = recordOf(value);
    if (kind === "settings")
      return [other(kind, value, under), ...sectionSubjects(kind, own?.["launch"], [...under, "launch"])];
    if (kind !== "workspace") return [other(kind, value, under)];
    return [
      ...sectionSubjects(kind, own?.["launch"], [...under, "launch"]),
      ...(["settings", "tasks"] as const).flatMap((key) =>
        own?.[key] === undefined ? [] : [other(key, own[key], [...under, key])],
      ),
    ];
  });
}

/** The platforms that see a configuration alike: each with a block of its own alone, and the others together. */
function groupsOf(config: Config): readonly (readonly [Platform, ...Platform[]])[] {
  const own = platforms.filter((platform) => recordOf(config[platform]) !== undefined);
  const [first, ...rest] = platforms.filter((platform) => !own.includes(platform));
  return [
    ...(first === undefined ? [] : [[first, ...rest] as const]),
    ...own.map((platform) => [platform] as const),
  ];
}

/** The value as an object, or undefined. */
export function recordOf(value: unknown): Config | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Config) : undefined;
}

function sectionSubjects(file: Section["file"], value: unknown, under: JsonPath): Subject[] {
  const config = recordOf(value);
  if (config === undefined) return [];
  const section = {
    file,
    value: config,
    configurations: entriesOf(config, "configurations"),
    compounds: entriesOf(config, "compounds"),
  };
  return [
    { of: "section", value: section, places: (at) => [[...under, ...at]] },
    ...section.configurations.flatMap((entry) => configurationSubjects(entry, under)),
  ];
}

function configurationSubjects(entry: Entry, under: JsonPath): Subject[] {
  const config = recordOf(entry.value);
  if (config?.["type"] !== "go") return [];
  const written = JSON.stringify(config);
  return groupsOf(config).map((alike) => {
    const [platform] = alike;
    return {
      of: "configuration",
      get value() {
        return viewOf(mergePlatform(config, platform));
      },
      platforms: alike,
      written,
      places: (at, removes = false) =>
        placesIn(config, platform, at, removes).map((path) => [...under, ...entry.at, ...path]),
    };
  });
}

function entriesOf(config: Config, key: string): Entry[] {
  const entries = config[key];
  return Array.isArray(entries) ? entries.map((value: unknown, index) => ({ at: [key, index], value })) : [];
}

function viewOf(config: Config): View {
  const request = config["request"] === "attach" ? "attach" : "launch";
  const mode = config["mode"];
  const usual = request === "attach" ? "local" : "auto";
  return { config, request, mode: typeof mode === "string" && mode !== "" ? mode : usual };
}

function other(of: OtherKind, value: unknown, under: JsonPath): Subject {
  return { of, value, places: (at) => [[...under, ...at]] };
}
