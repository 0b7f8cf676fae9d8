"""The pure core: law, calendar, token game, cases and procedures. No clock, no random, no I/O."""
