-- Web services that do the work of tasks: where each is called, and the secret that signs the calls.
-- Whoever runs the product reads the secrets; no auditor and no event ever does.
CREATE TABLE endpoints (
    tenant   text NOT NULL REFERENCES tenants,
    name     text NOT NULL CHECK (name ~ '^[a-z][a-z0-9_-]{0,79}$'),
    url      text NOT NULL,
    secret   text NOT NULL,
    made_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant, name)
);
ALTER TABLE endpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE endpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON endpoints USING (tenant = this_tenant())
    WITH CHECK (tenant = this_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON endpoints TO anjuan_app;
