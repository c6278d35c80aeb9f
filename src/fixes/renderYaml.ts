/** How new YAML is laid out, to be of a piece with the text around it. */
export interface YamlStyle {
  readonly eol: string;
  /** Columns by which a map stands behind its key, and a list. */
  readonly step: number;
  readonly listStep: number;
  /** In brackets, on one line. */
  readonly flow: boolean;
}

/** A JSON value as lines of YAML, without the indentation of the first level. */
export function renderYaml(value: unknown, style: YamlStyle): string[] {
  if (style.flow || typeof value !== "object" || value === null) return [inline(value)];
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return [inline(value)];
  return entries.flatMap(([key, item]) => {
    const lines = renderYaml(item, style);
    const nested = typeof item === "object" && item !== null && Object.keys(item).length > 0;
    if (isList) return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
    if (!nested) return [`${key}: ${lines[0]}`];
    const indent = " ".repeat(Array.isArray(item) ? style.listStep : style.step);
    return [`${key}:`, ...lines.map((line) => indent + line)];
  });
}

/** Words that YAML 1.1 or 1.2 reads as something else. */
const taken = /^(?:y|yes|n|no|true|false|on|off|null)$/i;

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${inline(item)}`)
      .join(", ")} }`;
  return typeof value === "string" && /^[A-Za-z]+(?:_[A-Za-z]+)*$/.test(value) && !taken.test(value)
    ? value
    : JSON.stringify(value);
}
