// title.en: Networks shared by two regions
// title.it: Reti in comune tra due regioni
// description.en: The networks in which both take part, with each one's role as sources state it.
// description.it: Le reti a cui partecipano entrambe, con il ruolo di ciascuna come indicato dalle fonti.
// parameter: one region lombardy
// parameter: other region flanders
MATCH (a:Region {id: $one})-[x:MEMBER_OF]->(n:Network)<-[y:MEMBER_OF]-(b:Region {id: $other})
WHERE any(layer IN coalesce(x.layers, $layers) WHERE layer IN $layers)
  AND any(layer IN coalesce(y.layers, $layers) WHERE layer IN $layers)
RETURN n AS network, a AS one, x.role AS role_of_one, b AS other, y.role AS role_of_other,
       x.confirmed AS one_confirmed, y.confirmed AS other_confirmed
ORDER BY network.name, role_of_one, role_of_other
