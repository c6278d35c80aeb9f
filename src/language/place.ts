import { mergePlatform, type Platform, platformOf, platforms } from "../config/platform.ts";
import type { Config } from "../core/config.ts";
import type { JsonPath } from "../core/fix.ts";
import type { Document } from "./document.ts";
import type { Kind } from "./kind.ts";
import { recordOf } from "./subjects.ts";

/** Where a path of a document lies in its launch section. */
export type Place =
  /** A Go configuration; `path` counts from it, or from the platform's block that it lies in. */
  | {
      readonly in: "configuration";
      readonly config: Config;
      readonly path: JsonPath;
      readonly block: boolean;
    }
  /** Another configuration, or where one can stand; `path` counts from the list. */
  | { readonly in: "configurations" | "compounds"; readonly path: JsonPath };

/** Where the launch section stands in a file of a kind; undefined where there is none. */
function sectionOf(kind: Kind): JsonPath | undefined {
  if (kind === "launch") return [];
  return kind === "workspace" || kind === "settings" ? ["launch"] : undefined;
}

/** What a path (from the document's root) leads to in the launch section; undefined for everything else. */
export function placeOf(document: Document, at: JsonPath): Place | undefined {
  const section = sectionOf(document.kind);
  if (section === undefined || section.some((step, index) => at[index] !== step)) return undefined;
  const [list, ...path] = at.slice(section.length);
  if (list !== "configurations" && list !== "compounds") return undefined;
  const [index, ...rest] = path;
  const entries = sectionIn(document)?.[list];
  const config = Array.isArray(entries) ? recordOf(entries[Number(index)]) : undefined;
  if (list === "compounds" || config?.["type"] !== "go") return { in: list, path };
  const [first, ...inside] = rest;
  const own = platforms.find((platform) => platform === first);
  const block = own !== undefined && inside.length > 0;
  return {
    in: "configuration",
    config: mergePlatform(config, own ?? here()),
    path: block ? inside : rest,
    block,
  };
}

/** The launch section of a document, as far as it can be read. */
export function sectionIn({ kind, values }: Document): Config | undefined {
  const section = sectionOf(kind);
  const root = recordOf(values[0]?.value);
  if (section === undefined || root === undefined) return undefined;
  return section.length === 0 ? root : recordOf(root["launch"]);
}

const here = (): Platform => platformOf(process.platform);
