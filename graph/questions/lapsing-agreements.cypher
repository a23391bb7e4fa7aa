// title.en: Agreements that lapse between two dates, and what followed
// title.it: Accordi che scadono tra due date, e che cosa è seguito
// description.en: Only agreements whose sources state until when they are valid; few do.
// description.it: Solo accordi di cui le fonti indicano la validità; sono pochi.
// parameter: from date 2026-01
// parameter: to date 2027-12
MATCH (g:Agreement) WHERE g.valid_until >= $from AND g.valid_until <= $to AND any(layer IN coalesce(g.layers, $layers) WHERE layer IN $layers)
OPTIONAL MATCH (next:Agreement)-[f:FOLLOWS]->(g) WHERE any(layer IN coalesce(f.layers, $layers) WHERE layer IN $layers)
RETURN g AS agreement, g.date AS date, g.valid_until AS valid_until, g.status AS status, next AS followed_by
ORDER BY valid_until, agreement.name, followed_by.name
