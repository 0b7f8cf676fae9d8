-- The record itself behind the second wall: the events of a case are there for whoever has sight of it.
-- Registers belong to the whole tenant; a refused opening (`intake:`) has no case, and no eyes but `*`.
CREATE FUNCTION sees_stream(p_stream text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN starts_with(p_stream, 'register:') OR '*' = ANY (these_eyes())
        OR (strpos(p_stream, ':') = 0 AND sees(p_stream::uuid));
END $$;

-- Of reading alone: who may append is decided before, and appends read no events.
CREATE POLICY own_sight ON events AS RESTRICTIVE FOR SELECT TO anjuan_app
    USING (sees_stream(stream));
