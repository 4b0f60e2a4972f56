-- The same JSON to the gateway's echo, to an MCP server, and to the bare endpoint, which writes it back. BENCH_HEADERS names a file with the
-- headers that this server asks for: credentials, a session.
dofile("bench/calls/answers.lua")
local file = assert(io.open("bench/calls/echo.json", "r"))
wrk.body = file:read("*a")
file:close()
local more = os.getenv("BENCH_HEADERS")
if more then for name, value in pairs(dofile(more)) do wrk.headers[name] = value end end
function is_good(body) return body:find("222222222222", 1, true) ~= nil end
