-- Letters carry one mark, so their numbers are one series for each mark and year, whichever office
-- sends them: `letter:<office>:<mark>:<year>` becomes `letter:<mark>:<year>`. Where two offices had
-- given the same number, the claim of the later event stays, as a fold of the events has it.

-- Row security binds the owner too, except while it writes these.
ALTER TABLE claims NO FORCE ROW LEVEL SECURITY;

CREATE TEMPORARY TABLE letters ON COMMIT DROP AS
SELECT tenant, key, holder, 'letter:' || substr(key, length('letter:430100:') + 1) AS series,
       row_number() OVER (PARTITION BY tenant, substr(key, length('letter:430100:') + 1), holder
                          ORDER BY position DESC) AS n
  FROM claims
 WHERE kind = 'series' AND key ~ '^letter:[0-9]{6}:.*:[0-9]{4}$';

DELETE FROM claims c USING letters l
 WHERE c.kind = 'series' AND l.n > 1
   AND (c.tenant, c.key, c.holder) = (l.tenant, l.key, l.holder);
UPDATE claims c SET key = l.series FROM letters l
 WHERE c.kind = 'series' AND l.n = 1
   AND (c.tenant, c.key, c.holder) = (l.tenant, l.key, l.holder);

ALTER TABLE claims FORCE ROW LEVEL SECURITY;
