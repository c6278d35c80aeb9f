/** The kind of a JSON value in the words of Go's encoding/json. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** The same value as Delve's type would have it; undefined where what was meant is not certain. */
export function retyped(value: unknown, type: string): unknown {
  const scalar = typeof value === "number" || typeof value === "boolean";
  if (/^u?int/.test(type))
    return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : undefined;
  if (type === "bool") return value === "true" ? true : value === "false" ? false : undefined;
  if (/^\*?string$/.test(type)) return scalar ? String(value) : undefined;
  if (type === "[]string" && typeof value === "string")
    return /["'\\$`]/.test(value) ? undefined : value.split(/\s+/).filter((word) => word !== "");
  return undefined;
}
