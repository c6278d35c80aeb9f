/** True when Go version `a` is newer than `b`: "1.26" < "1.26rc1" < "1.26.0" < "1.26.1" (go.dev/doc/toolchain#version). */
export function isNewerGo(a: string, b: string): boolean {
  const left = parts(a);
  const right = parts(b);
  for (let index = 0; index < left.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** Major, minor, kind (language, beta, rc, release) and the number within the kind. */
function parts(version: string): number[] {
  const [, major = "0", minor = "0", patch, kind, number = "0"] =
    /^(?:go)?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(beta|rc)(\d+))?/.exec(version) ?? [];
  const rank = patch !== undefined ? 3 : kind === "rc" ? 2 : kind === "beta" ? 1 : 0;
  return [Number(major), Number(minor), rank, Number(patch ?? number)];
}
