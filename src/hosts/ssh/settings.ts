/** Settings of one host: keywords in lower case, each with its values in their order. The shape of `ssh -G`. */
export type Settings = ReadonlyMap<string, readonly string[]>;

/** Reads what `ssh -G` printed: one `keyword value` a line, a keyword repeated where it has several values. */
export function readSettings(output: string): Settings {
  const settings = new Map<string, string[]>();
  for (const line of output.split(/\r?\n/)) {
    const [, keyword, value] = /^([A-Za-z0-9]+) (.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    const key = keyword.toLowerCase();
    settings.set(key, [...(settings.get(key) ?? []), value]);
  }
  return settings;
}

/** The first value; undefined for none and for "none". */
export function one(settings: Settings, key: string): string | undefined {
  const value = settings.get(key)?.[0];
  return value === undefined || value === "" || value.toLowerCase() === "none" ? undefined : value;
}

/** All values but "none". */
export function all(settings: Settings, key: string): string[] {
  return (settings.get(key) ?? []).filter((value) => value !== "" && value.toLowerCase() !== "none");
}

/** A switch, in any of the words that ssh prints and reads. */
export function isOn(settings: Settings, key: string, otherwise: boolean): boolean {
  const value = settings.get(key)?.[0]?.toLowerCase();
  return value === undefined ? otherwise : !["no", "false", "none"].includes(value);
}

/** A comma list in its order. A list that adds to or takes from ssh's own (`+`, `-`, `^`) is not known without ssh. */
export function list(settings: Settings, key: string): string[] {
  const value = one(settings, key);
  return value === undefined || /^[+^-]/.test(value) ? [] : value.split(",").filter(Boolean);
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A time of sshd_config(5), TIME FORMATS, in seconds: "90", "1m30s". Undefined where there is none. */
export function seconds(settings: Settings, key: string): number | undefined {
  const value = one(settings, key);
  if (value === undefined || !/^(\d+[smhdw]?)+$/i.test(value)) return undefined;
  const parts = Array.from(
    value.matchAll(/(\d+)([smhdw]?)/gi),
    ([, count, unit = ""]) => Number(count) * (units[unit.toLowerCase()] ?? 1),
  );
  return parts.reduce((sum, part) => sum + part, 0);
}

/**
 * Several file names in one value: ssh prints them with blanks between and no quotes. What does not begin like a path
 * belongs to the name before it.
 */
export function paths(settings: Settings, key: string): string[] {
  const names: string[] = [];
  for (const word of all(settings, key)
    .flatMap((value) => value.split(" "))
    .filter(Boolean)) {
    const last = names.length - 1;
    if (last < 0 || /^(~|\/|\\|[A-Za-z]:|%|\$\{|__|none$)/.test(word)) names.push(word);
    else names[last] = `${names[last]} ${word}`;
  }
  return names.filter((name) => name !== "none");
}
