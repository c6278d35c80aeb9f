import type { Config } from "./config.ts";

/** What stands where a secret stood. */
export const hidden = "‹redacted›";

/** Texts that are secrets whatever holds them: credentials in URLs, bearer and well-known tokens, private keys. */
const secrets: readonly RegExp[] = [
  /(?<=:\/\/)[^\s/?#"'`<>]+(?=@)/g,
  /(?<=\b(?:bearer|basic)\s)[\w.~+/=-]{8,}/gi,
  /\b(?:gh[pousr]|github_pat|glpat|xox[abprs])[-_][\w-]{10,}/g,
  /\bAKIA[A-Z0-9]{16}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // No \b in front: DB_PASSWORD and access_token are such words too, and so are SECRET_KEY and a quoted key of JSON.
  // Nothing in it repeats without end: at a run of blanks it would be tried from each to the first.
  /(?<=(?:password|passwd|secret|token|api[_-]?key)(?:[_-][\w-]{0,40})?["']?\s{0,9}[=:]\s{0,9}["']?)[^\s"',;&]+/gi,
];

/**
 * Hides secrets in a text: `values`, whatever they look like, and those that can be told by their form. The values go
 * first and the longest of them before its parts, or what hides a part would leave the rest of a longer one standing.
 */
export function redactText(text: string, values: readonly string[] = []): string {
  const exact = values
    .filter((value) => value !== "")
    .sort((a, b) => b.length - a.length)
    .map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const without = exact.length === 0 ? text : text.replace(new RegExp(exact.join("|"), "g"), hidden);
  return secrets.reduce((rest, pattern) => rest.replace(pattern, hidden), without);
}

/**
 * The values of an environment that could be secrets. Short ones and those that name a place or a switch of Go's are
 * left, because hiding "1" or "/usr/bin" would hide half of every text and protect nothing.
 */
export function secretValues(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env)
    .filter(
      ([name, value]) => value.length >= 6 && !/^(PATH|HOME|PWD|GO[A-Z]*|CGO_\w+|\w*(DIR|TMP))$/.test(name),
    )
    .map(([, value]) => value);
}

/** The attributes whose texts are hidden whatever they look like: nobody can tell a program's secret arguments from others. */
const secretKeys: readonly string[] = ["env", "args"];

/**
 * A configuration without its env values and program arguments: each is replaced, names and the number of arguments
 * stay. Other strings lose secrets by form.
 */
export function redactConfig(config: Config): Config {
  const clean = (value: unknown, inside: boolean): unknown => {
    if (inside && value !== null && typeof value !== "object") return hidden;
    if (typeof value === "string") return redactText(value);
    if (Array.isArray(value)) return value.map((item) => clean(item, inside));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        clean(item, inside || secretKeys.includes(key.toLowerCase())),
      ]),
    );
  };
  return clean(config, false) as Config;
}
