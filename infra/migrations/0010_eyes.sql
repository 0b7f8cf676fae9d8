-- The second wall by place: beside its tenant, a transaction says whose eyes look (`anjuan.eyes`), and
-- cases, tasks and deadlines outside their sight are not there. `*` stands for the whole tenant:
-- decisions and the processes that follow the law. Nothing said, nothing seen.

-- Places and `org:` keys as in `sights`, spaces between. After COMMIT the setting reads '', hence NULLIF.
CREATE FUNCTION these_eyes() RETURNS text[] LANGUAGE sql STABLE
    RETURN string_to_array(NULLIF(current_setting('anjuan.eyes', true), ''), ' ');

-- Whether a case is in sight, and the cases in sight by what they are searched for. With the owner's
-- rights: a policy of `sights` cannot ask `sights` itself. They show a caller no more than the caller's
-- own eyes find. PL/pgSQL keeps its plan, where a policy written out is planned with every statement.
-- `named` is no barrier, so that a search compares names first and asks for sight of what it finds: the
-- other way round it costs three times as much, and who slips a function in says other eyes as well.
GRANT CREATE ON SCHEMA public TO anjuan_auditor;
CREATE FUNCTION sees(p_case uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine text[] := these_eyes();
BEGIN
    RETURN '*' = ANY (mine) OR EXISTS (
        SELECT FROM sights s
         WHERE s.tenant = this_tenant() AND s.case_id = p_case AND s.eyes = ANY (mine));
END $$;
CREATE VIEW named AS
SELECT c.tenant, c.case_id, c.opened_at, c.number, c.applicant FROM cases c
 WHERE c.tenant = (SELECT this_tenant())
   AND EXISTS (SELECT FROM sights s WHERE s.tenant = c.tenant AND s.case_id = c.case_id
                AND s.eyes = ANY ((SELECT these_eyes())::text[]));
GRANT SELECT ON named TO anjuan_app;
ALTER FUNCTION sees(uuid) OWNER TO anjuan_auditor;
ALTER VIEW named OWNER TO anjuan_auditor;
REVOKE CREATE ON SCHEMA public FROM anjuan_auditor;

-- Restrictive: on top of `own_tenant`. A list may enter by a narrower key than the viewer's own, so a
-- row of `sights` shows where its case is in sight; the viewer's own key is told without asking.
CREATE POLICY own_sight ON sights AS RESTRICTIVE TO anjuan_app
    USING (eyes = ANY ((SELECT these_eyes())::text[]) OR sees(case_id));
CREATE POLICY own_sight ON cases AS RESTRICTIVE TO anjuan_app USING (sees(case_id));
CREATE POLICY own_sight ON tasks AS RESTRICTIVE TO anjuan_app USING (sees(case_id));
CREATE POLICY own_sight ON deadlines AS RESTRICTIVE TO anjuan_app USING (sees(case_id));

-- As before, and whoever decides sees the whole tenant.
CREATE OR REPLACE FUNCTION open_case(p_case uuid, p_lock bigint, p_command uuid)
RETURNS TABLE (tenant text, now timestamptz, wall timestamptz, frozen boolean, calendar integer,
               fold integer, state json, waiting json, outcome json)
LANGUAGE plpgsql AS $$
DECLARE
    owner     text;
    law_time  timestamptz;
BEGIN
    SELECT i.tenant INTO owner FROM case_ids i WHERE i.case_id = p_case;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM set_config('anjuan.tenant', owner, true), set_config('anjuan.eyes', '*', true);
    IF p_lock IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(p_lock);
        PERFORM pg_advisory_xact_lock_shared(3, hashtext(owner));
    END IF;
    law_time := law_now(owner);
    RETURN QUERY
    SELECT owner, law_time,
           CASE t.kind WHEN 'production' THEN law_time ELSE wall_clock() END,  -- one reading
           t.frozen_at IS NOT NULL,
           (SELECT max(e.version) FROM events e
             WHERE e.tenant = owner AND e.stream = 'register:calendar'),
           c.fold, c.state,
           (SELECT json_agg(w ORDER BY w.received_at, w.seq) FROM inbox w
             WHERE w.case_id = p_case AND w.outcome IS NULL),
           (SELECT i.outcome FROM inbox i WHERE i.command_id = p_command AND i.case_id = p_case)
      FROM tenants t LEFT JOIN cases c ON c.tenant = owner AND c.case_id = p_case
     WHERE t.tenant = owner;
END $$;
