-- Answers of an assessment as "1=yes 2=no": they were JSON, and decoding it took a sixth of what the connections'
-- threads did for a page of risk.
SET ROLE drystone_owner;
ALTER TABLE app.risk_assessment NO FORCE ROW LEVEL SECURITY;
UPDATE app.risk_assessment r SET answers = (
    SELECT coalesce(string_agg(a.key || '=' || a.value, ' ' ORDER BY a.key::int), '')
    FROM json_each_text(r.answers::json) a)
WHERE r.answers LIKE '{%';
ALTER TABLE app.risk_assessment FORCE ROW LEVEL SECURITY;
ALTER TABLE app.risk_assessment ADD CONSTRAINT answers_plain
    CHECK (answers ~ '^([0-9]+=[a-zA-Z]+( [0-9]+=[a-zA-Z]+)*)?$');
RESET ROLE;
