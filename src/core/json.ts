/** A JSON object. */
export type Message = Readonly<Record<string, unknown>>;

/** A JSON value as an object; an empty one where it is something else. */
export function recordOf(value: unknown): Message {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Message) : {};
}

/** A JSON value as a list; an empty one where it is something else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A JSON value as a text; "" where it is something else. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A JSON value as a number; 0 where it is something else. */
export function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
