/** Makes a function of the same arguments that never throws. */
export type Harmless = <A extends readonly unknown[], R>(
  act: (...args: A) => R,
) => (...args: A) => R | undefined;

/**
 * Makes the guard around everything that only looks at a launch: no failure of ours may stop it. What throws first is
 * told to `bypass`, in words; from then on no guarded function does anything.
 */
export function makeHarmless(bypass: (because: string) => void): Harmless {
  let quiet = false;
  return (act) =>
    (...args) => {
      if (quiet) return undefined;
      try {
        return act(...args);
      } catch (error) {
        // One guarded function may have been within another that failed already.
        if (quiet) return undefined;
        quiet = true;
        bypass(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    };
}
