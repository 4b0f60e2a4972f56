-- The same JSON to the gateway's echo and to the bare endpoint, which writes it back.
dofile("bench/calls/answers.lua")
wrk.body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo___echo","arguments":{"account_id":"222222222222","region":"us-east-1","instance_ids":["i-0123456789abcdef0"],"limit":10}}}'
function is_good(body) return body:find("222222222222", 1, true) ~= nil end
