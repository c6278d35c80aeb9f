import { distance } from "../../core/distance.ts";

/**
 * The one of some names that was most likely meant by a name that is none of them: at most two letters differ, and one where
 * there are few, or they stand in another order. What differs in numbers alone is a name of its own.
 */
export function nearOf(name: string, names: readonly string[]): string | undefined {
  const [low, most] = [name.toLowerCase(), name.length < 5 ? 1 : 2];
  const letters = (text: string) => text.replace(/\d+/g, "");
  const ordered = (text: string) => [...text].sort().join("");
  return names.find((one) => {
    const other = one.toLowerCase();
    if (other === low) return true;
    if (letters(other) === letters(low)) return false;
    return distance(other, low) <= most || (low.length > 3 && ordered(other) === ordered(low));
  });
}
