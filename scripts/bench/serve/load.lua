-- Asks for the addresses of a file, one after another: `LOAD_RESULT=FILE wrk -s load.lua URL -- ADDRESSES once|round`.
-- «once»: ends when as many were answered (some of the first ones twice: up to one for each connection beyond the first); «round»: until
-- the time is over. The percentiles are wrk's, which adds what a stalled connection did not ask.
local ffi = require("ffi")
ffi.cdef [[ int getpid(void); int kill(int process, int signal); ]]

function init(arguments)
   addresses = {}
   for line in io.lines(arguments[1]) do table.insert(addresses, line) end
   once = arguments[2] == "once"
   asked, answered = 0, 0
   if once then
      response = function()
         answered = answered + 1
         if answered == #addresses then
            wrk.thread:stop()
            ffi.C.kill(ffi.C.getpid(), 2)
         end
      end
   end
end

function request()
   asked = asked + 1
   return wrk.format("GET", addresses[(asked - 1) % #addresses + 1])
end

function done(summary, latency)
   local file = io.open(os.getenv("LOAD_RESULT"), "w")
   local errors = summary.errors
   file:write(string.format(
      '{"requests": %d, "seconds": %.6f, "bytes": %d, "p50_ms": %.4f, "p95_ms": %.4f, "p99_ms": %.4f, "max_ms": %.4f, "errors": %d}\n',
      summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
      latency:percentile(99) / 1e3, latency.max / 1e3, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
   file:close()
end
