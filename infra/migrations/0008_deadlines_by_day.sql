-- Lists by day read the open deadlines of those days, not every deadline there ever was.
CREATE INDEX deadlines_due ON deadlines (tenant, due, case_id) WHERE state = 'open';
