-- Every diagram a case was ever pinned to, by the hash of its bytes: kept for ever, changed by nobody.
-- Diagrams are public and belong to no tenant, hence no row security.

CREATE TABLE definitions (
    hash     text PRIMARY KEY CHECK (hash = 'sha256:' || encode(sha256(source), 'hex')),
    source   bytea NOT NULL,
    kept_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON definitions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE definitions ENABLE ALWAYS TRIGGER append_only;
GRANT SELECT, INSERT ON definitions TO anjuan_app;
GRANT SELECT ON definitions TO anjuan_auditor;
