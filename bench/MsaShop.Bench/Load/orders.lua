-- Orders of one product each, every one with a key of its own. Arguments: how many products there are, and a file with a
-- line for each shopper: id, token.
local directory = debug.getinfo(1, 'S').source:match('@(.*/)')
dofile(directory .. 'get.lua')

local products, shoppers, first, sent = 0, {}, 0, 0
local run = tostring(os.time()) .. tostring({}):match('0x(%x+)')

function init(args)
  products = tonumber(args[1])
  for line in io.lines(args[2]) do
    local id, token = line:match('(%d+) (%S+)')
    shoppers[#shoppers + 1] = { id = id, token = token }
  end
  -- Each thread of each run begins with somebody else: nobody comes to have many unpaid orders.
  math.randomseed(tonumber(tostring({}):match('0x(%x+)'), 16) + os.time())
  first = math.random(#shoppers)
end

function request()
  sent = sent + 1
  local shopper = shoppers[(first + sent) % #shoppers + 1]
  return wrk.format('POST', wrk.path, {
    ['Content-Type'] = 'application/json',
    ['Authorization'] = 'Bearer ' .. shopper.token,
    ['Idempotency-Key'] = run .. '-' .. sent,
  }, string.format('{"userId":%s,"email":"bench@example.com","paymentMethod":"BANK_TRANSFER","items":[{"productId":%d,"quantity":1}]}',
    shopper.id, sent * 7919 % products + 1))
end
