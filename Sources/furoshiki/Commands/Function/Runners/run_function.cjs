// Calls a handler once, as Lambda does: reads {event, context} from stdin and writes the result to stdout. If isResultAlone
// is true, the output of the handler goes to stderr.
"use strict";
const { randomUUID } = require("node:crypto");
const { existsSync, readFileSync } = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const write = process.stdout.write.bind(process.stdout);

function print(value) {
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
      .filter((line) => !line.includes("[eval]") && !line.includes("node:internal/")),
  });
  process.exitCode = 1;
}

async function load(file, name) {
  const found = ["", ".js", ".mjs", ".cjs", ".ts"].map((end) => file + end).find((one) => existsSync(one) && path.extname(one));
  if (!found) throw Object.assign(new Error(`Cannot find module '${file}'`), { name: "Runtime.ImportModuleError" });
  const loaded = await import(pathToFileURL(found).href);
  const handler = loaded[name] ?? loaded.default?.[name];
  if (typeof handler !== "function") {
    throw Object.assign(new Error(`${path.basename(found)} has no function '${name}'`), { name: "Runtime.HandlerNotFound" });
  }
  return handler;
}

async function main() {
  const given = JSON.parse(readFileSync(0, "utf8"));
  if (given.isResultAlone) process.stdout.write = process.stderr.write.bind(process.stderr);
  const [file, name] = process.argv.slice(-2);
  const { functionName = "", memory = 1024, timeout = 6, arn = "", ...rest } = given.context;
  const end = Date.now() + timeout * 1000;
  const handler = await load(path.resolve(file), name);
  return await new Promise((resolve, reject) => {
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
}

main().then(print, fail);
