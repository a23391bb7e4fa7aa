// title.en: What the record covers, by country
// title.it: Che cosa copre il registro, per Paese
// description.en: Regions in the record and how many of them have a head of government, a network or an agreement in it. Nothing recorded means that no source covers it, not that there is none.
// description.it: Le regioni nel registro e quante di esse vi hanno un capo di governo, una rete o un accordo. Nulla di registrato significa che nessuna fonte ne parla, non che non esista.
MATCH (c:Country)
OPTIONAL MATCH (r:Region {country: c.id}) WHERE r.type IS NULL OR r.type <> 'predecessor'
WITH c, r, CASE WHEN r IS NULL THEN 0 WHEN EXISTS { (:Leader)-[:LEADS]->(r) } THEN 1 ELSE 0 END AS head,
     CASE WHEN r IS NULL THEN 0 WHEN EXISTS { (r)-[:MEMBER_OF]->(:Network) } THEN 1 ELSE 0 END AS network,
     CASE WHEN r IS NULL THEN 0 WHEN EXISTS { (r)-[:PARTY_TO]->(:Agreement) } THEN 1 ELSE 0 END AS agreement
RETURN c AS country, count(r) AS regions, sum(head) AS with_head_of_government, sum(network) AS with_networks, sum(agreement) AS with_agreements
ORDER BY regions DESC, country.name
