// Calls a handler once, as Lambda does: reads {event, context} from stdin and writes the result to stdout. If isResultAlone
// is true, the output of the handler goes to stderr. Ends itself with SIGALRM when the time of the function is over.
"use strict";
const { randomUUID } = require("node:crypto");
const { existsSync, readFileSync } = require("node:fs");
const inspector = require("node:inspector");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { Worker } = require("node:worker_threads");

const write = process.stdout.write.bind(process.stdout);
let isFinished = false;

function print(value) {
  isFinished = true;
  const text = JSON.stringify(value, null, 4);
  write((text === undefined ? "null" : text) + "\n");
}

function fail(reason) {
  const error = reason instanceof Error ? reason : { name: "Error", message: String(reason) };
  print({
    errorMessage: error.message,
    errorType: reason instanceof Error && error.name === "Error" ? error.constructor.name : error.name,
    stackTrace: String(error.stack || "")
      .split("\n")
      .slice(1)
      .map((line) => line.trim())
      .filter((line) => !line.includes(__filename) && !line.includes("node:internal/")),
  });
  process.exitCode = 1;
}

// The files that a handler such as "src/app.handle" or "app.group.handle" can be in, each with the names to look up in it.
function* places(handler) {
  const { dir, base } = path.parse(handler);
  const names = base.split(".");
  for (let count = 1; count < names.length; count += 1) {
    const file = path.resolve(dir, names.slice(0, count).join("."));
    for (const end of [".js", ".mjs", ".cjs", ".ts"]) yield [file + end, names.slice(count)];
  }
}

async function load(handler) {
  const place = [...places(handler)].find(([file]) => existsSync(file));
  if (!place) {
    const file = path.resolve(handler.replace(/\.[^./]*$/, ""));
    throw Object.assign(new Error(`Cannot find module '${file}'`), { name: "Runtime.ImportModuleError" });
  }
  const [file, names] = place;
  const loaded = await import(pathToFileURL(file).href);
  // The exports of a CommonJS module are its default export, which may have one itself if it was compiled.
  const found = [loaded, loaded.default].map((exports) => names.reduce((value, name) => value?.[name], exports));
  const handle = found.find((value) => typeof value === "function");
  if (!handle) {
    const message = `${path.basename(file)} has no function '${names.join(".")}'`;
    throw Object.assign(new Error(message), { name: "Runtime.HandlerNotFound" });
  }
  return handle;
}

// Ends the process after some time, even if the handler blocks it. A debugger stops the handler as long as it likes.
function limitTime(milliseconds) {
  if (inspector.url()) return;
  const code = `setTimeout(() => process.kill(process.pid, "SIGALRM"), ${Math.max(0, milliseconds)})`;
  new Worker(code, { eval: true, execArgv: [] }).unref();
}

async function main() {
  const given = JSON.parse(readFileSync(0, "utf8"));
  if (given.isResultAlone) process.stdout.write = process.stderr.write.bind(process.stderr);
  const [handlerName] = process.argv.splice(2);
  const { functionName = "", memory = 1024, timeout = 6, arn = "", ...rest } = given.context;
  const handler = await load(handlerName);
  const end = Date.now() + timeout * 1000;
  limitTime(timeout * 1000);
  // A handler that never calls back has no result.
  process.once("beforeExit", () => isFinished || print(null));
  const result = await new Promise((resolve, reject) => {
    const done = (error, value) => (error ? reject(error) : resolve(value));
    const context = {
      functionName,
      functionVersion: "$LATEST",
      memoryLimitInMB: String(memory),
      invokedFunctionArn: arn,
      awsRequestId: randomUUID(),
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]local`,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, end - Date.now()),
      done,
      succeed: (value) => done(null, value),
      fail: (error) => reject(error),
      ...rest,
    };
    const result = handler(given.event, context, done);
    if (result && typeof result.then === "function") result.then(resolve, reject);
    else if (result !== undefined) resolve(result);
  });
  // Open connections and timers keep the process alive, but not longer than the function.
  setTimeout(() => process.exit(), Math.max(0, end - Date.now() - 100)).unref();
  return result;
}

main().then(print, fail);
