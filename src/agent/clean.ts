import { unprintable, withCodePoints } from "../core/unprintable.ts";

/** Tabs and line ends are a text's own. */
const either = new RegExp(`([\\t\\n\\r])|${unprintable.source}`, "gu");

/** A text that somebody else wrote, with what a reader does not see and a model may obey as code points. */
export function clean(text: string): string {
  return text.replace(either, (mark, fine?: string) => fine ?? withCodePoints(mark));
}

/** A value of JSON with every text in it changed, names of properties too. `key` is the property that a text is the value of. */
export function mapTexts(value: unknown, change: (text: string, key: string) => string, key = ""): unknown {
  if (typeof value === "string") return change(value, key);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [clean(name), mapTexts(item, change, name)]),
  );
}
