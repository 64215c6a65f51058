/**
 * Counts one call against all its scopes, or against none, in one round trip. Time is Redis' own, so the clocks of
 * machines do not matter.
 *
 * KEYS: for each scope its counter (hash: w = start of the minute, r = requests, t = tokens) and its running calls
 * (sorted set: call → when its slot lapses unless it is renewed).
 * ARGV: call id, estimated tokens, slot life in ms, then rpm, tpm and concurrency of each scope (-1: no limit).
 * Answers: the broken scope (0: admitted), the broken limit, then r, t, running and ms to the end of the minute of each scope.
 */
export const ADMIT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local call, tokens, life = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local scopes = #KEYS / 2
local broken, kind = 0, ''
local answer, windows = {}, {}
for i = 1, scopes do
  local counter, running = KEYS[2 * i - 1], KEYS[2 * i]
  local seen = redis.call('HMGET', counter, 'w', 'r', 't')
  local w, r, t = tonumber(seen[1]), tonumber(seen[2]) or 0, tonumber(seen[3]) or 0
  if not w or now - w >= 60000 then w, r, t = now, 0, 0 end
  redis.call('ZREMRANGEBYSCORE', running, '-inf', now)
  local n = redis.call('ZCARD', running)
  local rpm, tpm, most = tonumber(ARGV[3 * i + 1]), tonumber(ARGV[3 * i + 2]), tonumber(ARGV[3 * i + 3])
  if broken == 0 then
    if rpm >= 0 and r >= rpm then broken, kind = i, 'requests'
    elseif tpm >= 0 and t > 0 and t + tokens > tpm then broken, kind = i, 'tokens'
    elseif most >= 0 and n >= most then broken, kind = i, 'concurrency' end
  end
  windows[i] = w
  answer[4 * i - 3], answer[4 * i - 2], answer[4 * i - 1], answer[4 * i] = r, t, n, w + 60000 - now
end
if broken == 0 then
  for i = 1, scopes do
    local counter, running = KEYS[2 * i - 1], KEYS[2 * i]
    local r, t = answer[4 * i - 3] + 1, answer[4 * i - 2] + tokens
    redis.call('HSET', counter, 'w', windows[i], 'r', r, 't', t)
    redis.call('PEXPIRE', counter, 120000)
    redis.call('ZADD', running, now + life, call)
    redis.call('PEXPIRE', running, life + 60000)
    answer[4 * i - 3], answer[4 * i - 2], answer[4 * i - 1] = r, t, answer[4 * i - 1] + 1
  end
end
table.insert(answer, 1, broken)
table.insert(answer, 2, kind)
for i = 1, scopes do answer[#answer + 1] = windows[i] end
return answer
`;

/**
 * Ends a call: frees its slots and puts the tokens it really used in the place of the estimate, in the minute it was
 * counted in. ARGV: call id, tokens to add (may be negative), then the minute of each scope.
 */
export const RELEASE = `
for i = 1, #KEYS / 2 do
  local counter = KEYS[2 * i - 1]
  redis.call('ZREM', KEYS[2 * i], ARGV[1])
  local delta = tonumber(ARGV[2])
  if delta ~= 0 and redis.call('HGET', counter, 'w') == ARGV[2 + i] then redis.call('HINCRBY', counter, 't', delta) end
end
return 1
`;
