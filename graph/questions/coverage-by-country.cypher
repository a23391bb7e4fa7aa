// title.en: What the record covers, by country
// title.it: Che cosa copre il registro, per Paese
// description.en: Regions in the record and how many of them have a head of government, a network or an agreement in it. Nothing recorded means that no source covers it, not that there is none.
// description.it: Le regioni nel registro e quante di esse vi hanno un capo di governo, una rete o un accordo. Nulla di registrato significa che nessuna fonte ne parla, non che non esista.
MATCH (c:Country) WHERE any(layer IN coalesce(c.layers, $layers) WHERE layer IN $layers)
OPTIONAL MATCH (r:Region {country: c.id}) WHERE (r.type IS NULL OR r.type <> 'predecessor') AND any(layer IN coalesce(r.layers, $layers) WHERE layer IN $layers)
WITH c, r,
     CASE WHEN r IS NULL THEN 0 WHEN EXISTS { (:Leader)-[l:LEADS]->(r) WHERE any(layer IN coalesce(l.layers, $layers) WHERE layer IN $layers) } THEN 1 ELSE 0 END AS head,
     CASE WHEN r IS NULL THEN 0 WHEN EXISTS { (r)-[m:MEMBER_OF]->(:Network) WHERE any(layer IN coalesce(m.layers, $layers) WHERE layer IN $layers) } THEN 1 ELSE 0 END AS network,
     CASE WHEN r IS NULL THEN 0 WHEN EXISTS { (r)-[p:PARTY_TO]->(:Agreement) WHERE any(layer IN coalesce(p.layers, $layers) WHERE layer IN $layers) } THEN 1 ELSE 0 END AS agreement
RETURN c AS country, count(r) AS regions, sum(head) AS with_head_of_government, sum(network) AS with_networks, sum(agreement) AS with_agreements
ORDER BY regions DESC, country.name
