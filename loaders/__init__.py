"""Turn sources into statements: one folder a source, one runner for all."""
