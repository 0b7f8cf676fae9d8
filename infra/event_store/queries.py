"""Every statement of the store, with what it is for. Parameters are named."""

# Transaction 1 of a command: store the act with its time of receipt, once per key.
RECEIVE = """
SELECT verdict, stored FROM receive(
    %(row)s::json, %(case_lock)s::bigint, %(source_lock)s::bigint)
"""

# Look at a case: under its lock when `lock` is given; with the outcome of `command`, if given.
OPEN_CASE = """
SELECT tenant, now, wall, frozen, calendar, fold, state, waiting, outcome
  FROM open_case(%(case)s::uuid, %(lock)s::bigint, %(command)s::uuid)
"""

# Take the locks of facts, in the order given.
LOCK_FACTS = "SELECT pg_advisory_xact_lock(one) FROM unnest(%(locks)s::bigint[]) AS one"

# What stands under each fact key: how many claims, the highest number ever, what they carry. A
# series of numbers answers its highest only, from the index: it grows by a row per case or letter.
READ_FACTS = """
SELECT w.kind, w.key,
       CASE WHEN w.kind = 'series' THEN 0 ELSE (
           SELECT count(*) FROM claims c
            WHERE c.tenant = this_tenant() AND c.kind = w.kind AND c.key = w.key
              AND NOT c.released) END AS count,
       coalesce((
           SELECT c.ordinal FROM claims c
            WHERE c.tenant = this_tenant() AND c.kind = w.kind AND c.key = w.key
              AND c.ordinal <> 0
            ORDER BY c.ordinal DESC LIMIT 1), 0) AS highest,
       CASE WHEN w.kind = 'series' THEN '[]' ELSE coalesce((
           SELECT json_agg(o.data ORDER BY o.position) FROM (
               SELECT i.data, i.position FROM claims i
                WHERE i.tenant = this_tenant() AND i.kind = w.kind AND i.key = w.key
                  AND NOT i.released
                ORDER BY i.position LIMIT 50) o), '[]') END AS items
  FROM unnest(%(kinds)s::text[], %(keys)s::text[]) AS w(kind, key)
"""

# The append lock, and the head of the chain under it.
APPEND_HEAD = "SELECT epoch, position, hash, known FROM append_head(%(first)s::uuid)"

# All that one append writes, in one round trip and one transaction with what was read. Its row
# count is that of the acts settled.
RECORD = """
WITH
appended AS (
    INSERT INTO events (epoch, position, tenant, stream, version, event_id, type, schema, data,
                        meta, recorded_at, prev_hash, hash)
    SELECT epoch, position, tenant, stream, version, event_id, type, schema, data,
           meta, recorded_at, prev_hash, hash
      FROM json_populate_recordset(NULL::events, %(events)s)
),
folded AS (
    INSERT INTO cases AS old (tenant, case_id, number, procedure, variant, jurisdiction,
                       organisation, applicant, status, stage, opened_at, ended_at, live, jobs, due,
                       lapses_at, held_from, held_to, version, fold, state, brief)
    SELECT tenant, case_id, number, procedure, variant, jurisdiction,
           organisation, applicant, status, stage, opened_at, ended_at, live, jobs, due,
           lapses_at, held_from, held_to, version, fold, state, brief
      FROM json_populate_recordset(NULL::cases, %(cases)s)
    ON CONFLICT (tenant, case_id) DO UPDATE SET
        number = excluded.number, procedure = excluded.procedure, variant = excluded.variant,
        jurisdiction = excluded.jurisdiction, opened_at = excluded.opened_at,
        organisation = excluded.organisation, applicant = excluded.applicant,
        status = excluded.status, stage = excluded.stage, ended_at = excluded.ended_at,
        live = excluded.live, jobs = excluded.jobs, due = excluded.due,
        lapses_at = excluded.lapses_at, held_from = excluded.held_from,
        held_to = excluded.held_to, version = excluded.version, fold = excluded.fold,
        state = excluded.state, brief = excluded.brief
),
hidden AS (
    DELETE FROM sights  -- keyed by single values, so that no plan ever walks the tenant's others
     WHERE (tenant, case_id) = (
           SELECT tenant, case_id FROM json_populate_recordset(NULL::sights, %(sights)s) LIMIT 1)
       AND eyes <> ALL (ARRAY(SELECT eyes FROM json_populate_recordset(NULL::sights, %(sights)s)))
),
shown AS (
    INSERT INTO sights (tenant, eyes, case_id, own, opened_at, procedure, status, ended,
                               works, due, clocks, duty, free, loose, roles, holders)
    SELECT tenant, eyes, case_id, own, opened_at, procedure, status, ended, works, due,
           clocks, duty, free, loose, roles, holders
      FROM json_populate_recordset(NULL::sights, %(sights)s)
    ON CONFLICT (tenant, case_id, eyes) DO UPDATE SET
        own = excluded.own, opened_at = excluded.opened_at, procedure = excluded.procedure,
        status = excluded.status, ended = excluded.ended, works = excluded.works,
        due = excluded.due, clocks = excluded.clocks, duty = excluded.duty, free = excluded.free,
        loose = excluded.loose, roles = excluded.roles, holders = excluded.holders
),
worked AS (
    INSERT INTO tasks (tenant, case_id, task_id, element, form, role, holder, assignee, state,
                       opened_at, done_at, done_by)
    SELECT tenant, case_id, task_id, element, form, role, holder, assignee, state,
           opened_at, done_at, done_by
      FROM json_populate_recordset(NULL::tasks, %(tasks)s)
    ON CONFLICT (tenant, case_id, task_id) DO UPDATE SET
        element = excluded.element, form = excluded.form, role = excluded.role,
        holder = excluded.holder, assignee = excluded.assignee, state = excluded.state,
        opened_at = excluded.opened_at, done_at = excluded.done_at, done_by = excluded.done_by
),
timed AS (
    INSERT INTO deadlines (tenant, case_id, deadline_id, key, occurrence, holder, state, starts,
                           due, effective, provisional, calendar)
    SELECT tenant, case_id, deadline_id, key, occurrence, holder, state, starts,
           due, effective, provisional, calendar
      FROM json_populate_recordset(NULL::deadlines, %(deadlines)s)
    ON CONFLICT (tenant, case_id, deadline_id) DO UPDATE SET
        key = excluded.key, occurrence = excluded.occurrence, holder = excluded.holder,
        state = excluded.state, starts = excluded.starts,
        due = excluded.due, effective = excluded.effective, provisional = excluded.provisional,
        calendar = excluded.calendar
),
claimed AS (
    INSERT INTO claims (tenant, kind, key, holder, ordinal, data, released, position)
    SELECT tenant, kind, key, holder, ordinal, data, released, position
      FROM json_populate_recordset(NULL::claims, %(claims)s)
    ON CONFLICT (tenant, kind, key, holder) DO UPDATE SET
        ordinal = excluded.ordinal, data = excluded.data, released = excluded.released,
        position = excluded.position
)
UPDATE inbox SET outcome = %(outcome)s, refused = %(refused)s
 WHERE command_id = %(command)s::uuid AND outcome IS NULL
"""

# One act, whatever became of it.
STORED = "SELECT * FROM inbox WHERE tenant = %(tenant)s AND command_id = %(command)s::uuid"

# A whole stream: to fold a case once when the fold has changed, or to read a register.
STREAM = """
SELECT * FROM recorded WHERE tenant = %(tenant)s AND stream = %(stream)s ORDER BY version
"""

# The lock of a register, as a case has one.
LOCK_STREAM = "SELECT pg_advisory_xact_lock(%(lock)s::bigint)"

# The tenant's calendar, which every look at a case reads under a shared lock: nobody counts by the
# old years once the new one is recorded.
LOCK_CALENDAR = "SELECT pg_advisory_xact_lock(3, hashtext(%(tenant)s))"

# Where a register stands, read under its lock.
REGISTER = """
SELECT law_now(%(tenant)s) AS now, wall_clock() AS wall,
       (SELECT coalesce(max(version), 0) FROM events
         WHERE tenant = %(tenant)s AND stream = %(stream)s) AS version
"""
