// title.en: Regions in networks of two sectors, by number of agreements
// title.it: Regioni in reti di due settori, per numero di accordi
// description.en: For example both in a chemistry and in a semiconductor network. One network may count for both.
// description.it: Per esempio in una rete della chimica e in una dei semiconduttori. Una rete può valere per entrambi.
// parameter: one sector chemistry
// parameter: other sector semiconductors
MATCH (r:Region)-[:MEMBER_OF]->(a:Network)-[:FOCUSES_ON]->(:Sector {id: $one})
WITH r, count(DISTINCT a) AS networks_of_one
MATCH (r)-[:MEMBER_OF]->(b:Network)-[:FOCUSES_ON]->(:Sector {id: $other})
WITH r, networks_of_one, count(DISTINCT b) AS networks_of_other
OPTIONAL MATCH (r)-[:PARTY_TO]->(g:Agreement)
WITH r, networks_of_one, networks_of_other, count(DISTINCT g) AS agreements
OPTIONAL MATCH (c:Country {id: r.country})
RETURN r AS region, c AS country, agreements, networks_of_one, networks_of_other
ORDER BY agreements DESC, region.name
