-- Searches of the log that would read a whole range to find few rows: calls that got no answer, and those of one end user.
-- Neither costs a call that was answered and names no user a second index entry.
CREATE INDEX request_unanswered ON logs.request (org_id, id DESC) WHERE status IN ('refused', 'failed', 'interrupted');
CREATE INDEX request_end_user ON logs.request (org_id, user_tag, id DESC) WHERE user_tag IS NOT NULL;
