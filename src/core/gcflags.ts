/** Takes every -gcflags out of a text of go flags, because Delve's own `-gcflags all=-N -l` must hold (golang.go, too). */
export function dropGcflags(flags: string): string {
  return flags.replace(/(?:^|\s)--?gcflags[= ](?:'[^']*'|"[^"]*"|[^'"\s])+/g, "");
}
