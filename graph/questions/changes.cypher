// title.en: What has changed in a region's relations since a date
// title.it: Che cosa è cambiato nelle relazioni di una regione da una data
// description.en: What happened (a source dates it since then) apart from what sources since then merely mention.
// description.it: Ciò che è accaduto (datato da una fonte dopo di allora) distinto da ciò che fonti successive menzionano soltanto.
// parameter: region region flanders
// parameter: since date 2025-01
CALL () {
  MATCH (:Region {id: $region})-[p:PARTY_TO]->(g:Agreement)
  WHERE g.date >= $since AND any(layer IN coalesce(p.layers, $layers) WHERE layer IN $layers)
  RETURN 'happened' AS list, g.date AS date, 'agreement' AS what, g AS name, g.status AS detail
  UNION
  MATCH (:Region {id: $region})-[t:TOOK_PART_IN]->(e:Event)
  WHERE e.date >= $since AND any(layer IN coalesce(t.layers, $layers) WHERE layer IN $layers)
  RETURN 'happened' AS list, e.date AS date, 'meeting' AS what, e AS name, e.place AS detail
  UNION
  MATCH (:Region {id: $region})-[m:MEMBER_OF]->(n:Network)
  WHERE m.since_stated >= $since AND any(layer IN coalesce(m.layers, $layers) WHERE layer IN $layers)
  RETURN 'happened' AS list, m.since_stated AS date, 'membership began' AS what, n AS name, m.role AS detail
  UNION
  MATCH (:Region {id: $region})-[c:CHAIRS]->(n:Network)
  WHERE c.since_stated >= $since AND any(layer IN coalesce(c.layers, $layers) WHERE layer IN $layers)
  RETURN 'happened' AS list, c.since_stated AS date, 'chair began' AS what, n AS name, c.role AS detail
  UNION
  MATCH (p:Leader)-[l:LEADS]->(:Region {id: $region})
  WHERE l.since_stated >= $since AND any(layer IN coalesce(l.layers, $layers) WHERE layer IN $layers)
  RETURN 'happened' AS list, l.since_stated AS date, 'head of government began' AS what, p AS name, l.office AS detail
  UNION
  MATCH (p:Leader)-[l:LEADS]->(:Region {id: $region})
  WHERE l.until_stated >= $since AND any(layer IN coalesce(l.layers, $layers) WHERE layer IN $layers)
  RETURN 'happened' AS list, l.until_stated AS date, 'head of government ended' AS what, p AS name, l.office AS detail
  UNION
  MATCH (:Region {id: $region})-[m:MEMBER_OF]->(n:Network)
  WHERE m.confirmed >= $since AND (m.since_stated IS NULL OR m.since_stated < $since) AND any(layer IN coalesce(m.layers, $layers) WHERE layer IN $layers)
  RETURN 'newly recorded' AS list, m.confirmed AS date, 'membership mentioned' AS what, n AS name, m.role AS detail
  UNION
  MATCH (:Region {id: $region})-[p:PARTY_TO]->(g:Agreement)
  WHERE g.confirmed >= $since AND (g.date IS NULL OR g.date < $since) AND any(layer IN coalesce(p.layers, $layers) WHERE layer IN $layers)
  RETURN 'newly recorded' AS list, g.confirmed AS date, 'agreement mentioned' AS what, g AS name, g.status AS detail
}
RETURN list, date, what, name, detail ORDER BY list, date DESC, what, name.name
