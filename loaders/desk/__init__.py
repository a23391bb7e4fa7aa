"""Keep a person's last word: what was decided on a text, corrected in a fact, judged to be one, as statements beside the others."""
