-- Counts answers without error apart from refused ones: only the former are calls/s.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Accept"] = "application/json, text/event-stream"

local threads = {}
function setup(thread) table.insert(threads, thread) end

function init() good = 0; refused = 0 end

function response(status, headers, body)
  if status == 200 and is_good(body) then good = good + 1 else refused = refused + 1 end
end

function done()
  local g, r = 0, 0
  for _, thread in ipairs(threads) do g = g + thread:get("good"); r = r + thread:get("refused") end
  print("answered without error: " .. g)
  print("refused: " .. r)
end
