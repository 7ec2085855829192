"use strict";

// The path of the program in the package of this platform, which npm installs as an optional dependency.
exports.program = function () {
  const name = `@furoshiki/${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${name}/bin/furoshiki`);
  } catch {
    throw new Error(
      `the package ${name} is not installed. If this platform is supported, install furoshiki again without ` +
        "--omit=optional and --no-optional, and on the platform that runs it"
    );
  }
};

// Runs the program in place of this process: with its arguments, streams and signals, and its exit status.
exports.run = function (title) {
  const { spawn } = require("child_process");
  let program;
  try {
    program = exports.program();
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exit(1);
  }
  const child = spawn(program, process.argv.slice(2), { argv0: title, stdio: "inherit" });
  // A terminal signals the whole group, so the program has the interrupt already; it decides when to end.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`error: cannot run ${program}: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};
