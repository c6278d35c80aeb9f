import { say } from "../core/say.ts";
import type { Document, Read } from "./document.ts";
import { largestJson, openJson } from "./json.ts";
import type { Kind } from "./kind.ts";
import { largestYaml, openYaml } from "./yaml.ts";

/** Reads a text as a file of its kind. One that is too large is left alone, and says so. */
export function openDocument(file: string, kind: Kind, text: string): Document {
  const yaml = kind === "compose" || kind === "pod";
  const most = yaml ? largestYaml : largestJson;
  const read = text.length > most ? tooLarge(most) : yaml ? openYaml(text) : openJson(text);
  const { values, flaws, locate } = read;
  return {
    file,
    kind,
    text,
    values,
    flaws,
    locate,
    // Not spread with the others: that would look for the comments of every text that is read.
    get comments() {
      return read.comments;
    },
  };
}

function tooLarge(most: number): Read {
  const message = say`The file is larger than ${most / 1024} kB; it is not checked.`;
  const start = { start: 0, end: 1 };
  return { values: [], flaws: [{ code: "DLV003", ...start, message }], locate: () => start, comments: [] };
}
