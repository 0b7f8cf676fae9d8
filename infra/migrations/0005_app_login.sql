-- A login that is only a member of the roles may see whether the schema is the release's.
GRANT SELECT ON schema_migrations TO anjuan_app, anjuan_auditor;
