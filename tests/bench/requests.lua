-- For wrk: sends the requests of a file in a given order, and prints the result as one line that load.mjs reads.
--   wrk -s requests.lua URL -- [REQUESTS ORDER [RATE CONNECTIONS]]
-- REQUESTS holds complete requests, each followed by the byte 30. ORDER holds their numbers, counted from 1, separated by spaces.
-- Without them wrk repeats the request of its command line, which costs wrk less time.
local requests, order, place = {}, {}, 0

function init(args)
  if #args < 2 then return end
  for one in assert(io.open(args[1], "rb")):read("*a"):gmatch("([^\30]+)\30") do requests[#requests + 1] = one end
  for number in assert(io.open(args[2], "rb")):read("*a"):gmatch("%d+") do order[#order + 1] = tonumber(number) end
  assert(#requests > 0 and #order > 0)
  request = function()
    place = place % #order + 1
    return requests[order[place]]
  end
  if args[3] then
    -- Random pauses, so that all connections together send RATE requests per second. A pause is a whole number of milliseconds.
    local mean = 1000 * tonumber(args[4]) / tonumber(args[3])
    delay = function() return math.floor(2 * mean * math.random() + 0.5) end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.duration, summary.requests, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
