/**
 * A GODEBUG without mmap=…, which advice on the web hands around and no Go knows; undefined where it has none. "" where
 * nothing else is in it.
 */
export function withoutMmap(value: string): string | undefined {
  const words = value.split(",");
  const kept = words.filter((one) => !/^\s*mmap\s*=/.test(one));
  return kept.length === words.length ? undefined : kept.join(",");
}
