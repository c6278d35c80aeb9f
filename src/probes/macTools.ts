import { probe } from "../core/probe.ts";

/** Apple's developer tools on this Mac. */
export interface MacTools {
  /** The directory that xcode-select names; undefined where there is none. */
  readonly directory?: string;
  /** What `xcrun -f clang` came to: its exit code and words; absent where there is nothing to ask. */
  readonly xcrun?: { readonly code: number; readonly words: string };
  /** Apple clang's version, such as "16.0.0". */
  readonly clang?: string;
}

/**
 * Asks for the tools' directory first: without one, xcrun and clang would open a dialog that offers to install them.
 * Undefined where this is no Mac.
 */
export const macTools = probe<MacTools | undefined>({
  id: "mac-tools",
  sh: `
[ "$(uname -s)" = Darwin ] || exit 0
echo darwin
directory=$(xcode-select -p 2>/dev/null)
[ -n "$directory" ] && [ -d "$directory" ] || exit 0
printf 'directory %s\\n' "$directory"
words=$(xcrun -f clang 2>&1); code=$?
printf 'xcrun %s %s\\n' "$code" "$(printf '%s' "$words" | tr '\\n' ' ')"
[ $code -eq 0 ] && printf 'clang %s\\n' "$(clang --version 2>/dev/null | head -n 1)"
exit 0
`,
  read({ stdout }): MacTools | undefined {
    if (!/^darwin$/m.test(stdout)) return undefined;
    const directory = /^directory (.+)$/m.exec(stdout)?.[1];
    const [, code, words] = /^xcrun (\d+) (.*)$/m.exec(stdout) ?? [];
    const clang = /^clang .*version (\d+(?:\.\d+)*)/m.exec(stdout)?.[1];
    return {
      ...(directory !== undefined && { directory }),
      ...(code !== undefined &&
        words !== undefined && { xcrun: { code: Number(code), words: words.trim() } }),
      ...(clang !== undefined && { clang }),
    };
  },
});
