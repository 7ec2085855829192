#!/usr/bin/env node
"use strict";

// Used until install.js has replaced this file by the program, or if scripts of packages are not run.
require("../platform.js").run("furoshiki");
