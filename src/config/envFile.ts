/** Environment variables by name. */
export type Env = Readonly<Record<string, string>>;

/**
 * Reads an envFile as golang.go does (extension/src/utils/envUtils.ts of 0.58): one `KEY=VALUE` or `export KEY=VALUE` a
 * line, any other line ignored. One quote is taken off each end; between double quotes `\n` is a line break; `${NAME}` is
 * a variable set above or in `known`, `\$` a dollar. There are no comments behind a value: they become part of it.
 */
export function parseEnvFile(text: string, known: Readonly<Record<string, string | undefined>>): Env {
  const env = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    const parts = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*)$/.exec(line);
    if (parts === null) continue;
    const [, name = "", written = ""] = parts;
    const quoted = written.startsWith('"') && written.endsWith('"');
    const bare = (quoted ? written.replaceAll("\\n", "\n") : written)
      .replace(/^['"]/, "")
      .replace(/['"]$/, "");
    env.set(
      name,
      expand(bare, (variable) => env.get(variable) || known[variable] || ""),
    );
  }
  return Object.fromEntries(env);
}

/** A `${…}` that names no variable leaves the whole value as it was written. */
function expand(value: string, get: (variable: string) => string): string {
  let strange = false;
  const replaced = value.replace(/(\\?)\$\{([^}]*)\}/g, (whole, escaping: string, variable: string) => {
    if (escaping !== "") return whole;
    if (/^[a-zA-Z]\w*$/.test(variable)) return get(variable);
    strange = true;
    return whole;
  });
  return (strange ? value : replaced).replaceAll("\\$", "$");
}
