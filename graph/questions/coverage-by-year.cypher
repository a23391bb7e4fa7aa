// title.en: What the record covers, by year and language of the source
// title.it: Che cosa copre il registro, per anno e lingua della fonte
// description.en: How many statements speak of each year, and from how many sources. A year without a row has no source in that language.
// description.it: Quante affermazioni riguardano ciascun anno, e da quante fonti. Un anno senza riga non ha fonti in quella lingua.
MATCH (s:Statement)-[:FROM]->(o:Source) WHERE coalesce(o.layer, 'diplomacy') IN $layers
WITH substring(coalesce(s.observed, ''), 0, 4) AS year, coalesce(o.language, '') AS language, count(s) AS statements, count(DISTINCT o) AS sources
RETURN CASE WHEN year = '' THEN 'undated' ELSE year END AS year, language, sources, statements
ORDER BY year DESC, statements DESC, language
