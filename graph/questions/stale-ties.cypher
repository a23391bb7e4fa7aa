// title.en: Ties that no source has confirmed since a date
// title.it: Legami non confermati da alcuna fonte dopo una data
// description.en: Offices, memberships and chairs without a recorded end, the longest unconfirmed first: look them up before you rely on them.
// description.it: Cariche, adesioni e presidenze senza una fine registrata, dalle meno recenti: verificarle prima di farvi affidamento.
// parameter: date date 2024-01
MATCH (a:Entity)-[r:LEADS|MEMBER_OF|CHAIRS|SERVES_IN]->(b:Entity)
WHERE r.until IS NULL AND r.former IS NULL AND r.confirmed < $date
  AND any(layer IN coalesce(r.layers, $layers) WHERE layer IN $layers)
RETURN a AS subject, type(r) AS tie, b AS object, r.role AS role, r.office AS office, r.confirmed AS last_confirmed
ORDER BY last_confirmed, subject.name, tie, object.name
