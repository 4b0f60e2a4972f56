-- One warm call of the EC2 tool in 222222222222.
dofile("bench/calls/answers.lua")
wrk.body = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___describe_ec2_instances","arguments":{"account_id":"222222222222","limit":10}}}'
function is_good(body) return body:find('"isError":false', 1, true) ~= nil and body:find("instance_count", 1, true) ~= nil end
