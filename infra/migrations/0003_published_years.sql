-- A case reads the calendar under a lock that `calendar.published` takes alone: who publishes a year
-- then finds every case that was counted by the years before, and re-dates it. Order of locks: the
-- case, the calendar, facts by key, the append.
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
    PERFORM set_config('anjuan.tenant', owner, true);
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
