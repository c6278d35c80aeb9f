/** Skips a test, or all of a describe from its before hook, with the reason in words. */
export function skip(context: Mocha.Context, why: string): never {
  console.log(`      skipped: ${why}`);
  return context.skip();
}
