# Sentences that the rulebook says, in English: each stands below the Spanish one, letter by letter, and holds for it alone.

# es: Este informe es informativo y se hizo con las ediciones que lista; el documento oficial es el de cada entidad.
limit-informative = This report is informative and was made with the editions that it lists; the official document is that of each entity.
# es: No se consultó qué derechos están aguas arriba.
limit-no-water = Which rights are upstream was not consulted.
# es: Se contaron todas las superposiciones, también las menores al límite de roce, para comparar con otros programas.
limit-slivers-kept = All overlaps were counted, also those below the graze limit, for comparison with other programs.
# es: No se calculó la banda de incertidumbre de las superposiciones: las clases son solo «firme» y «roce».
limit-no-band = No uncertainty band of the overlaps was computed: the classes are “firm” and “graze” alone.
