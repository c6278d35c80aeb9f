/** The text with the option set, or why it was left alone (one line). */
export type ConfigEdit = { readonly text: string } | { readonly refused: string };

/** Sets an option for one alias in the text of ~/.ssh/config and leaves every other byte as it is. */
export function withSshOption(_text: string, _alias: string, _key: string, _value: string): ConfigEdit {
  throw new Error("not written yet");
}
