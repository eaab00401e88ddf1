-- Searches for one keyword after another. Arguments: a file with a keyword a line, as addresses write them, and what else
-- the address has.
local directory = debug.getinfo(1, 'S').source:match('@(.*/)')
dofile(directory .. 'get.lua')

local keywords, more, next = {}, '', 0

function init(args)
  for line in io.lines(args[1]) do
    keywords[#keywords + 1] = line
  end
  more = args[2] or ''
end

function request()
  next = next % #keywords + 1
  return wrk.format('GET', wrk.path .. '?q=' .. keywords[next] .. more)
end
