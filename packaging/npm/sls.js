#!/usr/bin/env node
"use strict";

const path = require("path");

let platform;
try {
  platform = require("furoshiki/platform.js");
} catch {
  console.error("error: the package furoshiki is not installed beside furoshiki-sls");
  process.exit(1);
}
platform.run(path.basename(process.argv[1]));
