"use strict";

exports.hello = async (event) => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message: "Hello from Node.js", event }),
});
