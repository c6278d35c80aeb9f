import type { JsonEdit } from "../../core/fix.ts";
import type { FlagPlace } from "../../core/flagPlaces.ts";

/** The edit of a configuration that leaves of the flags in a place what is to be kept. */
export function placeEdit({ name, kept }: FlagPlace): JsonEdit {
  const at = name === "GOFLAGS" ? ["env", "GOFLAGS"] : ["buildFlags"];
  return kept === undefined ? { at } : { at, value: kept };
}
