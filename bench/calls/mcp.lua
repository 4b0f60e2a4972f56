-- The same call to an MCP server itself, whose tool has no prefix.
dofile("bench/calls/answers.lua")
local file = assert(io.open("bench/calls/mcp.json", "r"))
wrk.body = file:read("*a")
file:close()
local more = os.getenv("BENCH_HEADERS")
if more then for name, value in pairs(dofile(more)) do wrk.headers[name] = value end end
function is_good(body) return body:find("222222222222", 1, true) ~= nil end
