-- Lists at a hundred thousand open cases: whoever looks finds a case under one key, in the order of
-- the list, without opening the folded case.

-- A case once for each pair of eyes that finds it on lists: every place that is its own or another
-- office's, every place above one of those, and `org:` with its applicant's organisation.
CREATE TABLE sights (
    tenant     text NOT NULL,
    eyes       text NOT NULL,
    case_id    uuid NOT NULL,
    own        boolean NOT NULL,           -- by the case's own place, not another office's
    opened_at  timestamptz NOT NULL,
    procedure  text NOT NULL,
    status     text NOT NULL,
    ended      boolean NOT NULL,
    works      boolean NOT NULL,           -- an open task or an open deadline
    due        date NOT NULL,              -- earliest last day of an open deadline, or infinity
    clocks     text COLLATE "C" NOT NULL,  -- holder/start/last day/p of each that runs or rests
    duty       boolean NOT NULL,           -- an open task of the authority
    free       boolean NOT NULL,           -- one of those that nobody has taken on
    loose      boolean NOT NULL,           -- an open task of anybody that nobody has taken on
    roles      text NOT NULL,              -- who may do an open task: patterns, spaces between
    holders    text NOT NULL,              -- who holds an open task or deadline, spaces between
    PRIMARY KEY (tenant, case_id, eyes)
);
-- Work list and deadline board, with their counts.
CREATE INDEX sights_due ON sights (tenant, eyes, due, clocks, case_id)
    INCLUDE (ended, duty, free, loose, roles, holders) WHERE works;
-- The list of cases.
CREATE INDEX sights_newest ON sights (tenant, eyes, opened_at, case_id)
    INCLUDE (status, procedure, ended);

-- What one person has taken on.
CREATE INDEX tasks_assigned ON tasks (tenant, assignee, case_id)
    WHERE state = 'open' AND assignee <> '';
-- Search reads numbers and names in the order of the list, from the index alone.
CREATE INDEX cases_named ON cases (tenant, opened_at, case_id) INCLUDE (number, applicant);
DROP INDEX cases_newest;

-- The folded case as lists show it: without the procedure's data, which may be as long as a batch.
ALTER TABLE cases ADD COLUMN brief json;

ALTER TABLE sights ENABLE ROW LEVEL SECURITY;
ALTER TABLE sights FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON sights USING (tenant = this_tenant())
    WITH CHECK (tenant = this_tenant());
CREATE POLICY every_tenant ON sights FOR SELECT TO anjuan_auditor USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON sights TO anjuan_app;
GRANT SELECT ON sights TO anjuan_auditor;

-- What is there already. Row security binds the owner too, except while it writes these.
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tasks NO FORCE ROW LEVEL SECURITY;
ALTER TABLE deadlines NO FORCE ROW LEVEL SECURITY;
ALTER TABLE sights NO FORCE ROW LEVEL SECURITY;

UPDATE cases SET brief = ((state::jsonb - 'acts') || '{"data": null, "marking": {}}')::json;

INSERT INTO sights (tenant, eyes, case_id, own, opened_at, procedure, status, ended, works, due,
                    clocks, duty, free, loose, roles, holders)
SELECT c.tenant, s.eyes, c.case_id, s.eyes NOT LIKE 'org:%', c.opened_at, c.procedure, c.status,
       c.status IN ('closed', 'withdrawn', 'abandoned', 'refused', 'terminated'),
       h.holders <> '', coalesce(c.due, 'infinity'), d.clocks, t.duty, t.free, t.loose, t.roles,
       h.holders
  FROM cases c
 CROSS JOIN LATERAL (
       SELECT DISTINCT one AS eyes
         FROM unnest(ARRAY[c.jurisdiction, left(c.jurisdiction, 4) || '00',
                           left(c.jurisdiction, 2) || '0000', '000000',
                           'org:' || c.organisation]) AS one) s
 CROSS JOIN LATERAL (
       SELECT coalesce(bool_or(holder = 'authority'), false) AS duty,
              coalesce(bool_or(holder = 'authority' AND assignee = ''), false) AS free,
              coalesce(bool_or(assignee = ''), false) AS loose,
              coalesce(string_agg(DISTINCT role, ' ' ORDER BY role), '') AS roles
         FROM (SELECT holder COLLATE "C", assignee, role COLLATE "C" FROM tasks
                WHERE tenant = c.tenant AND case_id = c.case_id AND state = 'open') open) t
 CROSS JOIN LATERAL (
       SELECT coalesce(string_agg(one, ',' ORDER BY one), '') AS clocks
         FROM (SELECT (holder || '/' || ((starts AT TIME ZONE 'UTC') + interval '8 hours')::date
                       || '/' || CASE WHEN state = 'open' THEN coalesce(due::text, '') ELSE '' END
                       || '/'
                       || CASE WHEN provisional THEN 'p' ELSE '' END) COLLATE "C" AS one
                 FROM deadlines
                WHERE tenant = c.tenant AND case_id = c.case_id
                  AND state IN ('open', 'suspended')) running) d
 CROSS JOIN LATERAL (
       SELECT coalesce(string_agg(DISTINCT one, ' ' ORDER BY one), '') AS holders
         FROM (SELECT holder COLLATE "C" FROM tasks
                WHERE tenant = c.tenant AND case_id = c.case_id AND state = 'open'
               UNION
               SELECT holder COLLATE "C" FROM deadlines
                WHERE tenant = c.tenant AND case_id = c.case_id AND state = 'open') AS u (one)) h;

ALTER TABLE cases ALTER COLUMN brief SET NOT NULL;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
ALTER TABLE deadlines FORCE ROW LEVEL SECURITY;
ALTER TABLE sights FORCE ROW LEVEL SECURITY;
