const { execFile } = require("node:child_process");
const { lstatSync, readFileSync } = require("node:fs");
const { delimiter, dirname, extname, isAbsolute, join, relative, sep } = require("node:path");
const vscode = require("vscode");

/** Whether the question for a missing dlv was declined, and whether the version of dlv was looked at: once in a window. */
let declined = false;
let compared = false;

/** Before variables are substituted: the mode, the adapter, and the dlv to use. */
async function settle(folder, config) {
  const open = vscode.window.activeTextEditor?.document;
  if (!config.request) {
    // F5 without a launch.json, in whatever file is open.
    if (open?.languageId !== "go") return undefined;
    Object.assign(config, { name: "Launch", type: "go", request: "launch", program: dirname(open.fileName) });
  }
  config.type ??= "go";
  config.mode ??= config.request === "attach" ? "local" : "auto";

  const go = vscode.workspace.getConfiguration("go", folder?.uri);
  for (const [name, value] of Object.entries(go.get("delveConfig"))) config[name] ??= value;
  config.debugAdapter ??= "dlv-dap";

  config.dlvToolPath = findDlv(go);
  if (!isAbsolute(config.dlvToolPath) && !declined) {
    // The launch waits for the answer, and ends whatever it is.
    const answer = await vscode.window.showErrorMessage('The "dlv" command is not available.', "Install");
    declined = answer === undefined;
    return undefined;
  }
  if (!compared && (await isOutdated(config.dlvToolPath)))
    await vscode.window.showInformationMessage(
      "Your version of dlv appears to be out of date.",
      "Always Update",
      "Update Once",
    );
  compared = true;

  if (config.mode === "auto") {
    const file = config.program?.endsWith(".go") ? config.program : open?.fileName;
    config.mode = file?.endsWith("_test.go") ? "test" : "debug";
  }
  if (config.mode === "test" && config.program?.endsWith("_test.go"))
    config.program = dirname(config.program);
  return config;
}

/** After variables are substituted: the environment, absolute paths, and the folder to build in. */
function prepare(folder, config) {
  const go = vscode.workspace.getConfiguration("go", folder?.uri);
  const files = [config.envFile ?? []].flat().map(readEnvFile);
  config.env = Object.assign({}, go.get("toolsEnvVars"), ...files, config.env);
  config.envFile = undefined;

  if (config.debugAdapter === "dlv-dap") {
    for (const name of ["cwd", "output", "program"]) {
      const path = config[name];
      if (path && !isAbsolute(path) && folder && !isPackage(path))
        config[name] = join(folder.uri.fsPath, path);
    }
    if (config.request === "launch" && ["debug", "test", "auto"].includes(config.mode))
      chooseBuildFolder(config);
  }
  if (config.request === "launch" && typeof config.args === "string") config.args = words(config.args);
  if (config.request === "attach" && typeof config.processId === "string") {
    config.processId = Number.parseInt(config.processId, 10);
  }
  return config;
}

/** dlv is started inside the module of what it builds, and told the program relative to there. */
function chooseBuildFolder(config) {
  const { program } = config;
  if (!program) throw new Error("The debug configuration has no program.");
  if (isPackage(program)) return;
  const isFolder = lstatSync(program, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder === undefined || (!isFolder && extname(program) !== ".go")) {
    throw new Error(`The program '${program}' is neither a folder nor a .go file.`);
  }
  // An adapter that runs already was started by somebody else, in a folder of their choice.
  if (config.port || config.debugServer) return;
  config.__buildDir = isFolder ? program : dirname(program);
  config.program = isFolder ? "." : `.${sep}${relative(config.__buildDir, program)}`;
}

/** True for a dlv that was built from a module version before v1.8.3. */
function isOutdated(dlv) {
  return new Promise((resolve) => {
    execFile("go", ["version", "-m", dlv], (_, stdout) => {
      const version = /delve\s+v(\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number);
      const [major, minor, patch] = version ?? [1, 8, 3];
      resolve(major * 10_000 + minor * 100 + patch < 10_803);
    });
  });
}

/** The go.alternateTools setting, else GOBIN, GOPATH/bin and PATH, else the bare name. */
function findDlv(go) {
  const alternate = go.get("alternateTools").dlv;
  if (alternate) return alternate;
  const paths = (process.env.GOPATH ?? "").split(delimiter).filter(Boolean);
  const folders = [process.env.GOBIN, ...paths.map((path) => join(path, "bin"))];
  for (const folder of [...folders, ...(process.env.PATH ?? "").split(delimiter)]) {
    if (folder && lstatSync(join(folder, "dlv"), { throwIfNoEntry: false })) return join(folder, "dlv");
  }
  return "dlv";
}

/** NAME=value lines, as in a shell but without expansion. */
function readEnvFile(file) {
  const env = {};
  for (const line of readFileSync(file, "utf8").split(/\r?\n/)) {
    const [, name, value] = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) env[name] = value.replace(/^(["'])(.*)\1$/, "$2");
  }
  return env;
}

/** example.com/some/package, and not a path. */
function isPackage(program) {
  return /^[\w-]+(\.[\w-]+)*\.[a-zA-Z]{2,}\//.test(program);
}

function words(line) {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]);
}

module.exports = { settle, prepare };
