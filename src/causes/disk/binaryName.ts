/** The longest file name that Linux's file systems take is 255 bytes (NAME_MAX of limits.h); a UTF-16 unit may take three. */
const most = 60;

/**
 * A name for the debug binary of a package in a directory that others use as well. It is the package's own path, so that two
 * of the same name, debugged at once, do not write to one file; of a long path its end.
 */
export function binaryName(cwd: string): string {
  return `__debug_bin${cwd.replaceAll(/[^\p{L}\p{N}.-]+/gu, "_").slice(-most)}`;
}
