/** Takes every -gcflags out of a text of go flags, because Delve's own `-gcflags all=-N -l` must hold (golang.go, too). */
export function dropGcflags(flags: string): string {
  return flags.replace(/(?:^|\s)--?gcflags[= ](?:'[^']*'|"[^"]*"|[^'"\s])+/g, "");
}

/**
 * What golang.go leaves of `buildFlags` (removeGcflags in extension/src/goDebugConfiguration.ts): a text without -gcflags
 * with one dash, quotes of either kind around its value; a list as it is.
 */
export function leftOfGcflags(flags: unknown): unknown {
  if (typeof flags !== "string") return flags;
  return flags.replace(/(?:^|\s)-gcflags[= ](?:'[^']*'|"[^"]*"|[^'"\s])+/g, "");
}
