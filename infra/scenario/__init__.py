"""Legal cases written as YAML, played in memory or against a running sandbox (VOCABULARY §8)."""
