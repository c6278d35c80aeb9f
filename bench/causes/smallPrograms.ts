/** A program of our own: its files, what its environment adds, and whether it runs on and on. */
export interface SmallProgram {
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly attach: boolean;
  /** The directory with tests, where there is one. */
  readonly tests?: string;
}

const goMod = (name: string) => `module example.com/${name}\n\ngo 1.21\n`;
const main = (imports: string, body: string) =>
  `package main\n\nimport (\n${imports
    .split(" ")
    .map((one) => `\t"${one}"\n`)
    .join("")})\n\nfunc main() {\n${body}}\n`;

/** What people debug, small: each looks like a fault in one respect, and is none. */
export const smallPrograms: Readonly<Record<string, SmallProgram>> = {
  hello: {
    files: {
      "go.mod": goMod("hello"),
      "main.go": main("fmt", '\tfmt.Println("hello")\n'),
      "main_test.go":
        'package main\n\nimport "testing"\n\nfunc TestHello(t *testing.T) {\n\tt.Log("hello")\n}\n',
    },
    env: {},
    attach: false,
    tests: ".",
  },
  // Waits for requests, as a stalled program would wait.
  server: {
    files: {
      "go.mod": goMod("server"),
      "main.go": main(
        "fmt net/http/httptest",
        '\tserver := httptest.NewServer(nil)\n\tfmt.Println("listening", server.URL)\n\tselect {}\n',
      ),
    },
    env: {},
    attach: true,
  },
  // Has many goroutines, none of them in trouble.
  goroutines: {
    files: {
      "go.mod": goMod("goroutines"),
      "main.go": main(
        "time",
        "\tfor i := 0; i < 200; i++ {\n\t\tgo func() {\n\t\t\tfor range time.Tick(time.Second) {\n\t\t\t}\n\t\t}()\n\t}\n\ttime.Sleep(time.Hour)\n",
      ),
    },
    env: {},
    attach: true,
  },
  // Reads its standard input, later than where it stops.
  input: {
    files: {
      "go.mod": goMod("input"),
      "main.go": main(
        "bufio fmt os",
        "\tscanner := bufio.NewScanner(os.Stdin)\n\tfor scanner.Scan() {\n\t\tfmt.Println(scanner.Text())\n\t}\n",
      ),
    },
    env: {},
    attach: false,
  },
  // Two modules joined by go.work, with flags in the environment that are all right.
  workspace: {
    files: {
      "go.work": "go 1.21\n\nuse (\n\t.\n\t./word\n)\n",
      "go.mod": goMod("workspace"),
      "main.go": main("fmt example.com/word", "\tfmt.Println(word.It)\n"),
      "word/go.mod": goMod("word"),
      "word/word.go": 'package word\n\nconst It = "hello"\n',
    },
    env: { GOFLAGS: "-tags=netgo", GOWORK: "" },
    attach: false,
  },
  // Everything it needs is vendored, and no proxy is asked.
  vendored: {
    files: {
      "go.mod": `${goMod("vendored")}\nrequire example.com/word v1.0.0\n`,
      "go.sum": "",
      "main.go": main("fmt example.com/word", "\tfmt.Println(word.It)\n"),
      "vendor/modules.txt": "# example.com/word v1.0.0\n## explicit; go 1.21\nexample.com/word\n",
      "vendor/example.com/word/word.go": 'package word\n\nconst It = "hello"\n',
    },
    env: { GOPROXY: "off" },
    attach: false,
  },
};
