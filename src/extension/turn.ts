import { setTimeout as sleep } from "node:timers/promises";

/** How long (ms) VS Code shows a warning at most before it moves it behind the bell. */
const shownMs = 20_000;

/** The warning on the screen, until it is answered or VS Code has moved it away. */
let showing: Promise<unknown> | undefined;

/** Waits until no warning of ours stands on the screen: the launches of a compound may all have the same trouble. */
export async function myTurn(): Promise<void> {
  while (showing !== undefined) await showing;
}

/** Keeps the turn for as long as a warning is on the screen. To be called with it right after `myTurn`, with no wait between. */
export async function whileShown(warning: Thenable<unknown>): Promise<void> {
  const mine = Promise.race([warning, sleep(shownMs)]);
  showing = mine;
  await mine;
  showing = undefined;
}
