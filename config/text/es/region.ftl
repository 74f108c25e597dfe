# Frases de la matriz regional y de su informe para oficinas. Números y nombres llegan ya escritos; {$count} solo elige entre uno y varios.

region-incomplete = Informe incompleto: para al menos una tierra la capa no se pudo consultar. En los límites se dice cuál y por qué.
region-summary = Resumen
region-scope = Alcance y ediciones consultadas
region-matrix = Matriz por tierra y estado
region-ranking = Orden por parte superpuesta
region-hotspots = Donde se concentran derechos
region-series = Tierra con derechos vigentes, por año de presentación
region-quality = Hallazgos sobre la calidad de los datos
region-limits = Lo que no se sabe
region-pairs = Todas las parejas

region-none = No consta ninguna superposición por encima del límite de roce en las ediciones consultadas.
region-unanswered = { $count ->
    [one] De una tierra no se puede determinar nada: la capa no tiene datos para ella o no se pudo consultar.
   *[other] De {$n} tierras no se puede determinar nada: la capa no tiene datos para ellas o no se pudo consultar.
 }
region-touched = {$n} de {$all} tierras tienen algo superpuesto: {$features} elementos distintos.
region-share = Juntas, las superposiciones ocupan {$ha} ha geodésicas ({$band}): {$share} de todas las tierras.
region-half = {$half} tierras están superpuestas en la mitad o más; {$most}, en nueve décimas partes o más.
region-stacks = En {$n} tierras hay derechos vigentes unos sobre otros; donde más, {$deepest} sobre un mismo lugar, en {$name}.
region-about-hotspots = Lugares donde varios derechos vigentes se superponen entre sí dentro de una misma tierra. «Un lugar» da la longitud y la latitud de un punto bajo la mayor cantidad de derechos.
region-no-hotspots = En ninguna tierra hay dos derechos vigentes sobre un mismo lugar, según las ediciones consultadas.
region-pairs-elsewhere = Son {$n} parejas: están completas en el documento JSON y en las tablas CSV y XLSX.
region-limit-of = { $count ->
    [one] vale para una tierra
   *[other] vale para {$n} tierras
 }

region-scope-subjects = Tierras
region-scope-count = Cuántas
region-scope-hectares = Hectáreas geodésicas, sumadas
region-scope-against = Capa contra la que se cruzan
region-scope-valid = Datos al
region-scope-zones = Zonas UTM en que se midió
region-scope-slivers = Roces

region-groups-caption = Todas las tierras juntas, por estado, en hectáreas geodésicas
region-cell = {$n} · {$share}
region-ranking-caption = De mayor a menor parte superpuesta; los empates comparten puesto
region-hotspots-caption = De la mayor concentración a la menor
region-series-caption = Hectáreas geodésicas con derechos vigentes presentados hasta cada año; los derechos sin fecha van primero
region-series-axis = ha geodésicas, acumuladas
region-series-alt = Figura: la tierra con derechos vigentes según su año de presentación, de {$from} a {$to}, llega a {$ha} hectáreas.
region-series-figure = Tierra con derechos vigentes, acumulada por año de presentación, {$from}–{$to}. Lo que empieza sobre cero son derechos sin fecha.
region-quality-caption = Qué falta o no concuerda en los datos
region-editions-caption = Ediciones consultadas
region-pairs-caption = Cada tierra con cada elemento, por encima y por debajo del límite de roce

region-col-subjects = Tierras
region-col-features = Elementos
region-col-pairs = Parejas
region-col-sum-geodesic = Suma simple, ha geod.
region-col-band = Banda 90 %
region-col-place = Puesto
region-col-deepest = Derechos
region-col-stacked = Bajo dos o más, ha geod.
region-col-at = Un lugar (lon, lat)
region-col-rights = Cuáles
region-col-year = Año
region-col-quality = Qué
region-col-of = De
region-col-which = Cuáles
region-col-valid-from = Vale desde
region-col-scale = Escala
region-col-deviation = σ
region-col-feature = Elemento
region-col-class = Clase
region-col-filed = Presentado
region-col-shared-ha = ha UTM

region-undated = sin fecha

region-quality-rejected-rows = Filas de la fuente que se dejaron fuera
region-quality-repaired-rows = Geometrías que se repararon
region-quality-undeclared-coverage = Nadie declaró hasta dónde está completa
region-quality-unknown-deviation = Ni escala ni desviación de posición declaradas
region-quality-declared-differs = Hectáreas declaradas que difieren de las medidas en más de 5 %
region-quality-declared-missing = Sin hectáreas declaradas
region-quality-shared-key = Filas que comparten código
region-quality-undated = Derechos sin fecha de presentación

region-col-group = Estado


region-sheet-lands = Tierras
region-sheet-pairs = Parejas
region-sheet-limits = Límites
region-col-words = Frase
region-zone = zona {$zone} S
