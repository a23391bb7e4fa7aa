// title.en: What sources disagree about
// title.it: Su che cosa le fonti non concordano
// description.en: Every property and every tie for which two sources state what cannot both be true.
// description.it: Ogni proprietà e ogni legame per cui due fonti affermano cose incompatibili.
CALL () {
  MATCH (n:Entity) WHERE n.disputed IS NOT NULL AND any(layer IN coalesce(n.layers, $layers) WHERE layer IN $layers)
  RETURN n AS subject, '' AS tie, null AS object, n.disputed AS disputed
  UNION
  MATCH (a:Entity)-[r]->(b:Entity) WHERE r.disputed IS NOT NULL AND any(layer IN coalesce(r.layers, $layers) WHERE layer IN $layers)
  RETURN a AS subject, type(r) AS tie, b AS object, r.disputed AS disputed
}
RETURN subject, tie, object, disputed ORDER BY tie, subject.name, object.name
