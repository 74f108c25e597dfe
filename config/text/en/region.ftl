# Sentences of the regional matrix and of its report for offices. Numbers and names arrive written; {$count} only chooses between one and many.

region-incomplete = Incomplete report: for at least one land the layer could not be consulted. The limits say which and why.
region-summary = Summary
region-scope = Scope and editions consulted
region-matrix = Matrix by land and state
region-ranking = Ranking by overlapped part
region-hotspots = Where rights concentrate
region-series = Land under live rights, by year of filing
region-quality = Findings about the quality of the data
region-limits = What is not known
region-pairs = All pairs

region-none = No overlap above the graze limit is on record in the editions consulted.
region-unanswered = { $count ->
    [one] Nothing can be determined for one land: the layer has no data for it or could not be consulted.
   *[other] Nothing can be determined for {$n} lands: the layer has no data for them or could not be consulted.
 }
region-touched = {$n} of {$all} lands have something over them: {$features} distinct features.
region-share = Together the overlaps cover {$ha} geodesic ha ({$band}): {$share} of all lands.
region-half = {$half} lands are overlapped in half or more; {$most} in nine tenths or more.
region-stacks = In {$n} lands live rights lie on one another; where most, {$deepest} over one place, in {$name}.
region-about-hotspots = Places where several live rights overlap one another inside one land. “A place” gives the longitude and latitude of a point under the largest number of rights.
region-no-hotspots = In no land do two live rights lie over one place, according to the editions consulted.
region-pairs-elsewhere = There are {$n} pairs: the JSON document and the CSV and XLSX tables hold all of them.
region-limit-of = { $count ->
    [one] holds for one land
   *[other] holds for {$n} lands
 }

region-scope-subjects = Lands
region-scope-count = How many
region-scope-hectares = Geodesic hectares, added up
region-scope-against = Layer they are crossed with
region-scope-valid = Data as of
region-scope-zones = UTM zones of measurement
region-scope-slivers = Grazes

region-groups-caption = All lands together, by state, in geodesic hectares
region-cell = {$n} · {$share}
region-ranking-caption = From the largest overlapped part down; ties share a rank
region-hotspots-caption = From the greatest concentration down
region-series-caption = Geodesic hectares under live rights filed up to each year; undated rights come first
region-series-axis = geodesic ha, cumulative
region-series-alt = Figure: the land under live rights by year of filing, from {$from} to {$to}, reaches {$ha} hectares.
region-series-figure = Land under live rights, cumulative by year of filing, {$from}–{$to}. What stands above zero at the start are undated rights.
region-quality-caption = What is missing or does not agree in the data
region-editions-caption = Editions consulted
region-pairs-caption = Each land with each feature, above and below the graze limit

region-col-subjects = Lands
region-col-features = Features
region-col-pairs = Pairs
region-col-sum-geodesic = Plain sum, geod. ha
region-col-band = 90 % band
region-col-place = Rank
region-col-deepest = Rights
region-col-stacked = Under two or more, geod. ha
region-col-at = A place (lon, lat)
region-col-rights = Which
region-col-year = Year
region-col-quality = What
region-col-of = Of
region-col-which = Which
region-col-valid-from = Valid from
region-col-scale = Scale
region-col-deviation = σ
region-col-feature = Feature
region-col-class = Class
region-col-filed = Filed
region-col-shared-ha = UTM ha

region-undated = undated

region-quality-rejected-rows = Rows of the source that were left out
region-quality-repaired-rows = Geometries that were repaired
region-quality-undeclared-coverage = Nobody declared how far it is complete
region-quality-unknown-deviation = Neither scale nor positional deviation declared
region-quality-declared-differs = Declared hectares that differ from the measured ones by more than 5 %
region-quality-declared-missing = No declared hectares
region-quality-shared-key = Rows that share a code
region-quality-undated = Rights without a filing date

region-col-group = State


region-sheet-lands = Lands
region-sheet-pairs = Pairs
region-sheet-limits = Limits
region-col-words = Sentence
region-zone = zone {$zone} S
