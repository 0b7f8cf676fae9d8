-- The days a case is held on (exam days of a batch), for calendars.
ALTER TABLE cases ADD COLUMN held_from date, ADD COLUMN held_to date;
CREATE INDEX cases_held ON cases (tenant, held_to, held_from, case_id) WHERE held_to IS NOT NULL;

-- What is there already. Row security binds the owner too, except while it writes this.
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
UPDATE cases
   SET held_from = (state #>> '{data,starts_on}')::date,
       held_to = greatest((state #>> '{data,starts_on}')::date,
                          coalesce(state #>> '{data,finished_on}', state #>> '{data,ends_on}',
                                   state #>> '{data,starts_on}')::date)
 WHERE procedure = 'batch' AND state #>> '{data,starts_on}' IS NOT NULL;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
