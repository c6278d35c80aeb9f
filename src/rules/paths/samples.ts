/** A launch.json with one configuration of Go: a launch in mode debug where nothing else is said. */
export function sample(attributes: Readonly<Record<string, unknown>>): string {
  const usual = { name: "Server", type: "go", request: "launch", mode: "debug" };
  return file({ ...usual, program: "${workspaceFolder}/cmd/server", ...attributes });
}

function file(config: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(config).map(([key, value]) => `      "${key}": ${JSON.stringify(value)}`);
  return `{\n  "configurations": [\n    {\n${lines.join(",\n")}\n    }\n  ]\n}`;
}
