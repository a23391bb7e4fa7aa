"""Load the curated facts that come with Ponte: plain CSV files in `data/`, each row with its source."""
