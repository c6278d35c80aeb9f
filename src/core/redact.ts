import type { Config } from "./config.ts";

/** What stands where a secret stood. */
export const hidden = "‹redacted›";

/** Texts that are secrets whatever holds them: credentials in URLs, bearer and well-known tokens, private keys. */
const secrets: readonly RegExp[] = [
  /(?<=:\/\/)[^\s/@:]+:[^\s/@]+(?=@)/g,
  /(?<=\b(?:bearer|basic)\s)[\w.~+/=-]{8,}/gi,
  /\b(?:gh[pousr]|github_pat|glpat|xox[abprs])[-_][\w-]{10,}/g,
  /\bAKIA[A-Z0-9]{16}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=\b(?:password|passwd|secret|token|api[_-]?key)\s*[=:]\s*)[^\s"',;&]+/gi,
];

/** Hides secrets in a text: those that can be told by their form, and `values`, whatever they look like. */
export function redactText(text: string, values: readonly string[] = []): string {
  const byForm = secrets.reduce((rest, pattern) => rest.replace(pattern, hidden), text);
  return values.reduce((rest, value) => rest.replaceAll(value, hidden), byForm);
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

/** A configuration without its env values: each value is replaced, names stay. Other strings lose secrets by form. */
export function redactConfig(config: Config): Config {
  const clean = (value: unknown, inEnv: boolean): unknown => {
    if (inEnv && value !== null && typeof value !== "object") return hidden;
    if (typeof value === "string") return redactText(value);
    if (Array.isArray(value)) return value.map((item) => clean(item, inEnv));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, clean(item, inEnv || key.toLowerCase() === "env")]),
    );
  };
  return clean(config, false) as Config;
}
