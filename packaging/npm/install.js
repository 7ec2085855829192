"use strict";

// Replaces bin/furoshiki by the program itself, so that it starts without Node.js. This is only an optimization: if it is
// not possible, the file stays as it is, and starts the program.
const fs = require("fs");
const path = require("path");

// Yarn runs the file with Node.js in any case.
if (!/^yarn\//.test(process.env.npm_config_user_agent || "")) {
  const script = path.join(__dirname, "bin", "furoshiki");
  const temporary = `${script}.new`;
  try {
    const program = require("./platform.js").program();
    fs.rmSync(temporary, { force: true });
    fs.linkSync(program, temporary);
    fs.renameSync(temporary, script);
  } catch {
    fs.rmSync(temporary, { force: true });
  }
}
