// title.en: Members of a network that have no agreement with a region
// title.it: Membri di una rete senza accordi con una regione
// description.en: Members known by name that have no agreement with it in the record. The record may name fewer members than the network reports.
// description.it: Membri noti per nome che non hanno con essa alcun accordo nel registro. Il registro può contenere meno membri di quelli dichiarati dalla rete.
// parameter: network network esra
// parameter: region region flanders
MATCH (m:Region)-[x:MEMBER_OF]->(n:Network {id: $network})
WHERE x.until IS NULL AND x.former IS NULL AND any(layer IN coalesce(x.layers, $layers) WHERE layer IN $layers)
WITH n, collect(DISTINCT m) AS members
UNWIND members AS m
OPTIONAL MATCH (m)-[p:PARTY_TO]->(g:Agreement)<-[q:PARTY_TO]-(:Region {id: $region})
WHERE any(layer IN coalesce(p.layers, $layers) WHERE layer IN $layers)
  AND any(layer IN coalesce(q.layers, $layers) WHERE layer IN $layers)
WITH n, members, m, count(DISTINCT g) AS agreements
WHERE agreements = 0 AND m.id <> $region
OPTIONAL MATCH (c:Country {id: m.country})
RETURN m AS region, c AS country, n AS network, size(members) AS members_known_by_name, n.member_count AS members_reported
ORDER BY region.name
