-- Anybody who holds a letter may check it by its number and code, and a letter is found by its
-- number alone: the claim that keeps the number leads to the case.

CREATE INDEX claims_numbered ON claims (holder) WHERE kind = 'series';

-- The cases a number belongs to, in every tenant: whoever asks has to show the paper's code. Ids
-- only, whence the definer's rights.
GRANT CREATE ON SCHEMA public TO anjuan_auditor;
CREATE FUNCTION papers_of(p_number text)
RETURNS TABLE (tenant text, case_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT c.tenant, e.stream::uuid
      FROM claims c
     CROSS JOIN store s
      JOIN events e ON e.epoch IN (SELECT generate_series(1, s.epoch)) AND e.position = c.position
                   AND e.tenant = c.tenant AND e.type IN ('case.opened', 'notice.issued')
                   AND e.data ->> 'number' = p_number
     WHERE c.kind = 'series' AND c.holder = p_number
     ORDER BY c.tenant, e.position LIMIT 20;
END;
ALTER FUNCTION papers_of(text) OWNER TO anjuan_auditor;
REVOKE CREATE ON SCHEMA public FROM anjuan_auditor;
