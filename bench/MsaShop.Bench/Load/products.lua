-- Products of the catalogue one after another, in an order that jumps. Arguments: how many products there are.
local directory = debug.getinfo(1, 'S').source:match('@(.*/)')
dofile(directory .. 'get.lua')

local count, next = 0, 0

function init(args)
  count = tonumber(args[1])
end

function request()
  next = (next + 7919) % count
  return wrk.format('GET', wrk.path .. '/' .. next + 1)
end
