// title.en: Who presides over a network, and who did before
// title.it: Chi presiede una rete, e chi l'ha presieduta
// description.en: One row for each source, the newest first: where sources disagree or are silent on some years, it shows.
// description.it: Una riga per ogni fonte, la più recente per prima: dove le fonti si contraddicono o tacciono, si vede.
// parameter: network network four-motors
MATCH (h:Entity)-[c:CHAIRS]->(:Network {id: $network}) WHERE any(layer IN coalesce(c.layers, $layers) WHERE layer IN $layers)
MATCH (s:Statement)-[:FROM]->(o:Source) WHERE s.about = c.id AND coalesce(o.layer, 'diplomacy') IN $layers
RETURN h AS holder, c.role AS role, s.since AS since_stated, s.until AS until_stated, s.observed AS as_of, s.confidence AS how,
       c.disputed AS disputed, o.publisher AS publisher, o.url AS source
ORDER BY coalesce(c.since, c.until, c.confirmed) DESC, holder.name, role, publisher, since_stated, until_stated, source
