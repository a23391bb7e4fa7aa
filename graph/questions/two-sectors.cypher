// title.en: Regions in networks of two sectors, by number of agreements
// title.it: Regioni in reti di due settori, per numero di accordi
// description.en: For example both in a chemistry and in a semiconductor network. One network may count for both.
// description.it: Per esempio in una rete della chimica e in una dei semiconduttori. Una rete può valere per entrambi.
// parameter: one sector chemistry
// parameter: other sector semiconductors
MATCH (r:Region)-[m:MEMBER_OF]->(a:Network)-[f:FOCUSES_ON]->(:Sector {id: $one})
WHERE any(layer IN coalesce(m.layers, $layers) WHERE layer IN $layers)
  AND any(layer IN coalesce(f.layers, $layers) WHERE layer IN $layers)
WITH r, count(DISTINCT a) AS networks_of_one
MATCH (r)-[m:MEMBER_OF]->(b:Network)-[f:FOCUSES_ON]->(:Sector {id: $other})
WHERE any(layer IN coalesce(m.layers, $layers) WHERE layer IN $layers)
  AND any(layer IN coalesce(f.layers, $layers) WHERE layer IN $layers)
WITH r, networks_of_one, count(DISTINCT b) AS networks_of_other
OPTIONAL MATCH (r)-[p:PARTY_TO]->(g:Agreement) WHERE any(layer IN coalesce(p.layers, $layers) WHERE layer IN $layers)
WITH r, networks_of_one, networks_of_other, count(DISTINCT g) AS agreements
OPTIONAL MATCH (c:Country {id: r.country})
RETURN r AS region, c AS country, agreements, networks_of_one, networks_of_other
ORDER BY agreements DESC, region.name
