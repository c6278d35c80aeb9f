import { splitBom } from "../config/text.ts";
import type { Config } from "../core/config.ts";
import type { World } from "../core/world.ts";
import { type Caret, caretAt } from "./caret.ts";
import { type Choice, choicesAt, namesAt, type Wishes } from "./choices.ts";
import type { Supply } from "./completionSources.ts";
import type { Document, Stretch } from "./document.ts";
import { type Place, placeOf, sectionIn } from "./place.ts";
import { snippets, textOf } from "./snippets.ts";

/** Something that can be written at a place: the stretch is what it takes the place of. */
export interface Proposal extends Stretch {
  readonly label: string;
  readonly kind: "value" | "property" | "snippet" | "process" | "file" | "folder";
  /** A line behind the label. */
  readonly says: string;
  readonly insert: string;
  readonly isSnippet: boolean;
  /** What is compared with what is written so far. */
  readonly filter: string;
}

/** Which part of the supply there is a use for at an offset. */
export function wantedAt(document: Document, offset: number): keyof Supply | undefined {
  const caret = caretAt(document, offset);
  const place = caret?.is === "value" ? placeOf(document, caret.at) : undefined;
  if (place?.in !== "configuration") return undefined;
  const [attribute] = place.path;
  if (attribute === "processId" && place.config["delveDoctor"] === undefined) return "processes";
  if (attribute === "program") return "packages";
  return attribute === "envFile" ? "envFiles" : undefined;
}

/** What can be written at an offset. Pure; never throws, whatever the text is. */
export function completeAt(
  document: Document,
  offset: number,
  world: World,
  supply: Supply,
  wishes: Wishes,
): readonly Proposal[] {
  const caret = caretAt(document, offset);
  const place = caret && placeOf(document, caret.at);
  if (caret === undefined || place === undefined) return [];
  if (isElement(caret, place)) return launches(document, caret, world, wishes);
  if (caret.is === "key") {
    if (place.in !== "configuration") return [];
    const written = Object.keys(objectAt(place.config, place.path));
    const own = caret.string === undefined ? "" : caret.string.before + caret.string.after;
    return namesAt(place, wishes.builtInJson)
      .filter(({ value }) => value === own || !written.includes(String(value)))
      .map((name) => property(name, caret, wishes));
  }
  return choicesAt(place, { world, supply, section: sectionIn(document), caret, ...wishes }).map((choice) =>
    proposalOf(choice, caret),
  );
}

/** True where a whole configuration can be written. */
function isElement({ is }: Caret, place: Place): boolean {
  if (is !== "value") return false;
  if (place.in === "configuration") return place.path.length === 0 && !place.block;
  return place.in === "configurations" && place.path.length === 1;
}

function objectAt(config: Config, path: readonly (string | number)[]): object {
  let now: unknown = config;
  for (const step of path) now = typeof now === "object" && now !== null ? Reflect.get(now, step) : undefined;
  return typeof now === "object" && now !== null ? now : {};
}

function launches(document: Document, caret: Caret, world: World, wishes: Wishes): Proposal[] {
  const { body } = splitBom(document.text);
  const eol = /\r\n|\n|\r/.exec(body)?.[0] ?? "\n";
  const unit = /(?:^|[\r\n])(\t| {2,8})["{[]/.exec(body)?.[1] ?? "  ";
  const written = document.text.slice(caret.start, caret.end);
  return snippets((kind) => world.hosts(kind)?.[0]).map((snippet) => ({
    start: caret.start,
    end: caret.end,
    label: snippet.label,
    kind: "snippet",
    says: snippet.says,
    insert: textOf(snippet, unit, eol, wishes.snippets) + commaAfter(caret),
    isSnippet: wishes.snippets,
    filter: written.startsWith('"') ? `"${snippet.label}"` : snippet.label,
  }));
}

function property({ value, says, holds }: Choice, caret: Caret, wishes: Wishes): Proposal {
  const key = JSON.stringify(value);
  const isSnippet = wishes.snippets && caret.next !== "colon";
  const [open, close] = holds ?? ["", ""];
  const rest = isSnippet ? `${open}$1${close}` : `${open}${close}`;
  const written = caret.next === "colon" ? key : `${key}: ${rest}${commaAfter(caret)}`;
  return {
    start: caret.start,
    end: caret.end,
    label: String(value),
    kind: "property",
    says,
    insert: written,
    isSnippet,
    filter: caret.string === undefined ? String(value) : key,
  };
}

function proposalOf({ value, label, says, kind, search, whole }: Choice, caret: Caret): Proposal {
  const json = whole ?? JSON.stringify(value);
  const shown = search ?? (typeof value === "string" ? value : json);
  return {
    start: caret.start,
    end: caret.end,
    label: label ?? (typeof value === "string" ? value : json),
    kind: kind ?? "value",
    says,
    insert: json + commaAfter(caret),
    isSnippet: false,
    filter: caret.string === undefined ? shown : `"${shown}"`,
  };
}

function commaAfter({ next }: Caret): string {
  return next === "neighbour" ? "," : "";
}
