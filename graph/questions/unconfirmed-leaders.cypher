// title.en: Heads of government whom no source has confirmed since a date
// title.it: Capi di governo non confermati da alcuna fonte dopo una data
// description.en: No end is recorded for them; look them up before you name them.
// description.it: Non ne è registrata la fine: verificare prima di nominarli.
// parameter: date date 2025-11
MATCH (p:Leader)-[l:LEADS]->(r:Region)
WHERE l.until IS NULL AND (l.confirmed IS NULL OR l.confirmed < $date)
  AND any(layer IN coalesce(l.layers, $layers) WHERE layer IN $layers)
RETURN p AS leader, r AS region, l.office AS office, l.since_stated AS since, l.confirmed AS last_confirmed
ORDER BY last_confirmed, region.name, leader.name
