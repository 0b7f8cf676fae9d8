-- The one legal record, what stands around it, and the walls: roles, grants, triggers, row security.
--
-- Two roles, neither of which can log in or owns anything but functions:
--   anjuan_app      what the web process and the workers are: one tenant at a time, events insert-only
--   anjuan_auditor  reads every tenant, writes nothing: `anjuan verify`, and the functions below that
--                   must look across tenants (the chain's head, the reconciler's lists)
-- Roles belong to the cluster, so another database of it may have made them already.

DO $$
BEGIN
    CREATE ROLE anjuan_app NOLOGIN NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
    CREATE ROLE anjuan_auditor NOLOGIN NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT anjuan_app, anjuan_auditor TO CURRENT_USER;
GRANT USAGE, CREATE ON SCHEMA public TO anjuan_auditor;
GRANT USAGE ON SCHEMA public TO anjuan_app;

-- A restore raises the epoch, so that positions issued again are told apart from the lost ones.
CREATE TABLE store (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch  integer NOT NULL DEFAULT 1
);
INSERT INTO store DEFAULT VALUES;

-- `clock_offset` and `frozen_at` move law time in the sandbox only.
CREATE TABLE tenants (
    tenant        text PRIMARY KEY CHECK (tenant <> ''),
    kind          text NOT NULL CHECK (kind IN ('sandbox', 'production')),
    clock_offset  interval NOT NULL DEFAULT '0',
    frozen_at     timestamptz,
    made_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (kind = 'sandbox' OR (clock_offset = '0' AND frozen_at IS NULL))
);

-- Whose a case is. Without row security: a workflow carries the case id only, and asks here first.
CREATE TABLE case_ids (
    case_id  uuid PRIMARY KEY,
    tenant   text NOT NULL REFERENCES tenants
);

-- Small, because it is kept for ever: fixed widths first, so that nothing is padded; `json`, not
-- `jsonb`; and `meta` says only once, at the first event of an append, what all its events share:
-- `{"back": 2, …}` stands for the meta of the event two versions before, with what differs.
CREATE TABLE events (
    position     bigint NOT NULL,
    recorded_at  timestamptz NOT NULL,
    epoch        integer NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    event_id     uuid NOT NULL,
    schema       smallint NOT NULL,
    prev_hash    bytea NOT NULL CHECK (length(prev_hash) = 32),
    hash         bytea NOT NULL CHECK (length(hash) = 32),
    tenant       text NOT NULL,
    stream       text NOT NULL,
    type         text NOT NULL,
    data         json NOT NULL,
    meta         json NOT NULL,
    CONSTRAINT events_in_order PRIMARY KEY (epoch, position) WITH (fillfactor = 100),
    CONSTRAINT events_by_stream UNIQUE (tenant, stream, version),
    CONSTRAINT events_once UNIQUE (event_id)
);

-- Events with the meta they refer back to. Row security is that of who asks.
CREATE VIEW recorded WITH (security_invoker = true) AS
SELECT e.*, first.meta AS lead
  FROM events e LEFT JOIN events first
       ON first.tenant = e.tenant AND first.stream = e.stream
      AND first.version = e.version - (e.meta ->> 'back')::integer;

-- Acts as received, before anything else happens with them; the outcome is written to the same row.
CREATE TABLE inbox (
    tenant         text NOT NULL,
    client         text NOT NULL,
    key            text NOT NULL,
    command_id     uuid NOT NULL,
    seq            bigint GENERATED ALWAYS AS IDENTITY,  -- order among equal times of receipt
    fingerprint    text NOT NULL,
    case_id        uuid NOT NULL,
    name           text NOT NULL,
    payload        json NOT NULL,
    actor          json NOT NULL,
    channel        text NOT NULL,
    if_match       integer,
    opening        json,
    source_system  text NOT NULL DEFAULT '',
    source_id      text NOT NULL DEFAULT '',
    received_at    timestamptz NOT NULL,
    outcome        json,
    refused        boolean NOT NULL DEFAULT false,
    CONSTRAINT inbox_once PRIMARY KEY (tenant, client, key),
    CONSTRAINT inbox_by_id UNIQUE (command_id)
);
CREATE INDEX inbox_waiting ON inbox (case_id, seq) WHERE outcome IS NULL;
CREATE INDEX inbox_by_source ON inbox (tenant, source_system, source_id) WHERE source_id <> '';

-- What follows is written in the append's transaction and equals a fold of the events.
CREATE TABLE cases (
    tenant        text NOT NULL,
    case_id       uuid NOT NULL,
    number        text NOT NULL,
    procedure     text NOT NULL,
    variant       text NOT NULL,
    jurisdiction  text NOT NULL,
    organisation  text NOT NULL,
    applicant     text NOT NULL,
    status        text NOT NULL,
    stage         text NOT NULL,
    opened_at     timestamptz NOT NULL,
    ended_at      timestamptz,
    live          boolean NOT NULL,      -- open, or ended with service work still to come
    jobs          smallint NOT NULL,     -- service work not yet reported
    due           date,                  -- earliest last day of an open deadline
    lapses_at     timestamptz,           -- earliest instant at which the law acts
    version       integer NOT NULL,
    fold          integer NOT NULL,      -- of the code that folded `state`
    state         json NOT NULL,
    PRIMARY KEY (tenant, case_id)
);
CREATE UNIQUE INDEX cases_by_number ON cases (tenant, number) WHERE number <> '';
CREATE INDEX cases_newest ON cases (tenant, opened_at, case_id);
CREATE INDEX cases_due ON cases (tenant, due, case_id) WHERE due IS NOT NULL;
CREATE INDEX cases_lapsing ON cases (tenant, lapses_at) WHERE lapses_at IS NOT NULL;
CREATE INDEX cases_live ON cases (case_id) WHERE live;

CREATE TABLE tasks (
    tenant     text NOT NULL,
    case_id    uuid NOT NULL,
    task_id    text NOT NULL,
    element    text NOT NULL,
    form       text NOT NULL,
    role       text NOT NULL,
    holder     text NOT NULL,
    assignee   text NOT NULL,
    state      text NOT NULL,
    opened_at  timestamptz NOT NULL,
    done_at    timestamptz,
    done_by    text NOT NULL,
    PRIMARY KEY (tenant, case_id, task_id)
);

CREATE TABLE deadlines (
    tenant       text NOT NULL,
    case_id      uuid NOT NULL,
    deadline_id  text NOT NULL,
    key          text NOT NULL,
    occurrence   integer NOT NULL,
    holder       text NOT NULL,
    state        text NOT NULL,
    starts       timestamptz NOT NULL,
    due          date,
    effective    timestamptz,
    provisional  boolean NOT NULL,
    calendar     text NOT NULL,
    PRIMARY KEY (tenant, case_id, deadline_id)
);

-- Places, numbers and entries that decisions read under a lock of their own; released ones stay,
-- so that no number of a series comes back.
CREATE TABLE claims (
    tenant    text NOT NULL,
    kind      text NOT NULL,
    key       text NOT NULL,
    holder    text NOT NULL,
    ordinal   integer NOT NULL,
    data      json NOT NULL,
    released  boolean NOT NULL,
    position  bigint NOT NULL,           -- of the event that made or last changed it
    PRIMARY KEY (tenant, kind, key, holder)
);
CREATE UNIQUE INDEX claims_by_ordinal ON claims (tenant, kind, key, ordinal) WHERE ordinal <> 0;

-- What the edge turned away, and repeated keys with another body. Written by all, read by auditors.
CREATE TABLE audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    tenant  text NOT NULL DEFAULT '',
    client  text NOT NULL DEFAULT '',
    code    text NOT NULL,
    detail  json NOT NULL
);

-- Sandbox people: how they sign in (hashes only) and as whom they act.
CREATE TABLE people (
    tenant    text NOT NULL REFERENCES tenants,
    login     text NOT NULL,
    name      text NOT NULL,
    key_hash  bytea NOT NULL,
    actor     json NOT NULL,
    number    bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (tenant, login),
    CONSTRAINT people_by_key UNIQUE (key_hash)
);

-- Nobody changes what was recorded, the owner included.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE events ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE audit ENABLE ALWAYS TRIGGER append_only;

-- Row security: without a tenant set in the transaction nothing is visible. After COMMIT the setting
-- reads '' and not NULL, hence NULLIF.
CREATE FUNCTION this_tenant() RETURNS text LANGUAGE sql STABLE
    RETURN NULLIF(current_setting('anjuan.tenant', true), '');

DO $$
DECLARE
    walled text;
BEGIN
    FOREACH walled IN ARRAY
        ARRAY['tenants', 'events', 'inbox', 'cases', 'tasks', 'deadlines', 'claims', 'people']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
        EXECUTE format(
            'CREATE POLICY own_tenant ON %I USING (tenant = this_tenant())'
            ' WITH CHECK (tenant = this_tenant())', walled);
        EXECUTE format(
            'CREATE POLICY every_tenant ON %I FOR SELECT TO anjuan_auditor USING (true)', walled);
    END LOOP;
END $$;

GRANT SELECT ON store, case_ids, tenants, events, recorded, inbox, cases, tasks, deadlines, claims, people
    TO anjuan_app;
GRANT INSERT ON case_ids, tenants, events, inbox, cases, tasks, deadlines, claims, people, audit
    TO anjuan_app;
GRANT UPDATE (clock_offset, frozen_at) ON tenants TO anjuan_app;
GRANT UPDATE (outcome, refused) ON inbox TO anjuan_app;
GRANT UPDATE ON cases, tasks, deadlines, claims, people TO anjuan_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO anjuan_auditor;

-- The machine's clock, in milliseconds: what people and JSON can write down.
CREATE FUNCTION wall_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
    RETURN date_trunc('milliseconds', clock_timestamp());

-- Law time: the database clock; in the sandbox plus an offset, or frozen.
CREATE FUNCTION law_now(p_tenant text) RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    answer timestamptz;
BEGIN
    SELECT CASE kind
               WHEN 'production' THEN wall_clock()
               ELSE coalesce(frozen_at, wall_clock() + clock_offset)
           END
      INTO answer FROM tenants WHERE tenant = p_tenant;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'unknown tenant %', p_tenant USING ERRCODE = 'no_data_found';
    END IF;
    RETURN answer;
END $$;

-- Transaction 1. The shared lock on the case comes before the time of receipt is read, so that
-- `open_case`, which holds it alone, has seen every act received before its own instant.
CREATE FUNCTION receive(p_row json, p_case_lock bigint, p_source_lock bigint)
RETURNS TABLE (verdict text, stored json) LANGUAGE plpgsql AS $$
DECLARE
    act    inbox;
    known  inbox;
BEGIN
    act := json_populate_record(NULL::inbox, p_row);
    PERFORM set_config('anjuan.tenant', act.tenant, true);
    IF act.source_id <> '' THEN  -- two openings of the sender's one case wait for each other
        PERFORM pg_advisory_xact_lock(p_source_lock);
    END IF;
    SELECT * INTO known FROM inbox i
     WHERE i.tenant = act.tenant AND i.client = act.client AND i.key = act.key;
    IF known.key IS NULL AND act.source_id <> '' THEN
        SELECT * INTO known FROM inbox i
         WHERE i.tenant = act.tenant AND i.source_system = act.source_system
           AND i.source_id = act.source_id AND NOT i.refused;
        IF FOUND THEN
            RETURN QUERY SELECT 'existing', row_to_json(known);
            RETURN;
        END IF;
    END IF;
    IF known.key IS NULL THEN
        IF act.opening IS NULL AND NOT EXISTS (
            SELECT FROM case_ids c WHERE c.case_id = act.case_id AND c.tenant = act.tenant
        ) THEN
            RAISE EXCEPTION 'no such case in this tenant' USING ERRCODE = 'foreign_key_violation';
        END IF;
        PERFORM pg_advisory_xact_lock_shared(p_case_lock);
        INSERT INTO inbox (tenant, client, key, command_id, fingerprint, case_id, name, payload,
                           actor, channel, if_match, opening, source_system, source_id, received_at)
        VALUES (act.tenant, act.client, act.key, act.command_id, act.fingerprint, act.case_id,
                act.name, act.payload, act.actor, act.channel, act.if_match, act.opening,
                act.source_system, act.source_id, law_now(act.tenant))
        ON CONFLICT DO NOTHING
        RETURNING * INTO known;
        IF FOUND THEN
            IF act.opening IS NOT NULL THEN
                INSERT INTO case_ids VALUES (act.case_id, act.tenant);
            END IF;
            RETURN QUERY SELECT 'new', row_to_json(known);
            RETURN;
        END IF;
        SELECT * INTO known FROM inbox i  -- the same request a moment earlier
         WHERE i.tenant = act.tenant AND i.client = act.client AND i.key = act.key;
    END IF;
    IF known.fingerprint = act.fingerprint THEN
        RETURN QUERY SELECT 'replayed', row_to_json(known);
        RETURN;
    END IF;
    INSERT INTO audit (tenant, client, code, detail)
    VALUES (act.tenant, act.client, 'idempotency.body_differs',
            json_build_object('command', known.command_id, 'fingerprint', act.fingerprint,
                              'name', act.name, 'actor', act.actor));
    RETURN QUERY SELECT 'differs', row_to_json(known);
END $$;

-- All that a look at a case needs, in one round trip: with `p_lock` under the case's exclusive lock,
-- and read after it. No row: nobody ever received an act for this id.
CREATE FUNCTION open_case(p_case uuid, p_lock bigint, p_command uuid)
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

-- The store's append lock, taken last of all locks, and the chain's head read after it. The head may
-- be another tenant's event. `known` is where an event of that id already stands.
CREATE FUNCTION append_head(p_first_id uuid)
RETURNS TABLE (epoch integer, "position" bigint, hash bytea, known bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1, 0);
    RETURN QUERY
    SELECT s.epoch, coalesce(h.position, 0), coalesce(h.hash, decode(repeat('00', 32), 'hex')),
           (SELECT e.position FROM events e WHERE e.event_id = p_first_id)
      FROM store s LEFT JOIN LATERAL
           (SELECT e.position, e.hash FROM events e ORDER BY e.epoch DESC, e.position DESC LIMIT 1) h
           ON true;
END $$;

-- The reconciler's lists, over every tenant. Ids and names only, whence the definer's rights.
CREATE FUNCTION due_cases(p_limit integer)
RETURNS TABLE (tenant text, case_id uuid, procedure text, since timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    WITH clocks AS MATERIALIZED (SELECT t.tenant, law_now(t.tenant) AS now FROM tenants t)
    SELECT c.tenant, c.case_id, c.procedure, c.lapses_at
      FROM clocks k JOIN cases c ON c.tenant = k.tenant AND c.lapses_at <= k.now
     ORDER BY c.lapses_at LIMIT p_limit;
END;
CREATE FUNCTION undecided(p_limit integer)
RETURNS TABLE (tenant text, case_id uuid, procedure text, since timestamptz, command_id uuid)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT i.tenant, i.case_id, coalesce(i.opening ->> 'procedure', c.procedure, ''),
           i.received_at, i.command_id
      FROM inbox i LEFT JOIN cases c ON c.tenant = i.tenant AND c.case_id = i.case_id
     WHERE i.outcome IS NULL
     ORDER BY i.seq LIMIT p_limit;
END;
CREATE FUNCTION open_cases(p_after uuid, p_limit integer)
RETURNS TABLE (tenant text, case_id uuid, procedure text, since timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT c.tenant, c.case_id, c.procedure, c.opened_at
      FROM cases c
     WHERE c.live AND (p_after IS NULL OR c.case_id > p_after)
     ORDER BY c.case_id LIMIT p_limit;
END;

-- Who holds a key, before any tenant is known.
CREATE FUNCTION person_of_key(p_hash bytea)
RETURNS TABLE (tenant text, login text, name text, actor json)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
BEGIN ATOMIC
    SELECT p.tenant, p.login, p.name, p.actor FROM people p WHERE p.key_hash = p_hash;
END;

ALTER FUNCTION append_head(uuid) OWNER TO anjuan_auditor;
ALTER FUNCTION due_cases(integer) OWNER TO anjuan_auditor;
ALTER FUNCTION undecided(integer) OWNER TO anjuan_auditor;
ALTER FUNCTION open_cases(uuid, integer) OWNER TO anjuan_auditor;
ALTER FUNCTION person_of_key(bytea) OWNER TO anjuan_auditor;
REVOKE CREATE ON SCHEMA public FROM anjuan_auditor;
