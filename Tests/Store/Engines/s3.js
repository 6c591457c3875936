// node s3.js S3RVER FOLDER: an object store that keeps the bucket "profiles" in FOLDER, and says at which port of loopback.
// It is s3rver, which answers one request for an object after the other here, knows If-Match and If-None-Match, denies all access to
// the bucket "forbidden", and fails as it was told to by PUT /faults: [{ method, path, lost, times }].
const [module_, directory] = process.argv.slice(2);
const http = require("http");
const S3rver = require(module_);

const s3 = new S3rver({ directory, silent: true, vhostBuckets: false, configureBuckets: [{ name: "profiles" }, { name: "forbidden" }] });
let faults = [];

function deny(response, status, code) {
  response.writeHead(status, { "Content-Type": "application/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function faultOf(request, path) {
  const fault = faults.find((it) => it.times > 0 && it.method === request.method && new RegExp(it.path).test(path));
  if (fault)
    fault.times--;
  return fault;
}

async function isAsExpected(request, path) {
  const [bucket, ...key] = path.slice(1).split("/");
  const { "if-match": match, "if-none-match": noneMatch } = request.headers;
  if (request.method !== "PUT" || (!match && !noneMatch))
    return true;
  const known = await s3.store.getMetadata(bucket, key.join("/")).catch(() => undefined);
  return noneMatch ? !known : known?.etag === match;
}

const last = new Map();
function inTurn(path, work) {
  const next = (last.get(path) ?? Promise.resolve()).then(work);
  last.set(path, next);
  return next;
}

const serve = s3.configureBuckets().then(() => s3.callback());
http.createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://s3").pathname);
  if (path === "/faults") {
    let body = "";
    request.on("data", (data) => body += data).on("end", () => {
      faults = JSON.parse(body);
      response.end();
    });
    return;
  }
  inTurn(path, () => new Promise(async (done) => {
    response.on("close", done);
    const fault = faultOf(request, path);
    if (fault && !fault.lost) {
      request.socket.destroy();
    } else if (path.startsWith("/forbidden/") || path === "/forbidden") {
      deny(response, 403, "AccessDenied");
    } else if (!await isAsExpected(request, path)) {
      request.resume();
      deny(response, 412, "PreconditionFailed");
    } else {
      // It is done, and nobody hears of it.
      if (fault)
        response.end = () => request.socket.destroy();
      (await serve)(request, response);
    }
  }));
}).listen(0, "127.0.0.1", function () {
  console.log(this.address().port);
});
