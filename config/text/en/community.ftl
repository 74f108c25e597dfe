# What the report tells a community, and what stands around its sections.

running = {$name} · code {$code} · report {$standing}
page-of = Page {$n} of {$total}
annexes = Annexes
no-map = This document was issued without a map.
again-no-map = The map is not in this copy: the first page says why.
again-without-layers = This copy was made again from the register, which keeps the report and not the layers. Those that the report used are not at hand here, or are others: so it has no map and no list of corners. The rest is what was issued, word for word.
again-given-land = This copy was made again from the register, which keeps the report and not the land that somebody gave: so it has no map and no list of corners. The rest is what was issued, word for word.
notes-line = Empty lines to write on
translation-partial = Sentences that nobody has reviewed in this language yet are in Spanish.

map-heading = The map
rights-heading = The mining rights, one by one
rights-caption = Mining rights that overlap, largest first
rights-table-none = The table is empty: the beginning says what is known of mining rights on this land.
rights-rest = { $count ->
    [one] One smaller right is missing here: it is in the annexes, with its sheet.
   *[other] {$n} smaller rights are missing here: they are in the annexes, each with its sheet.
 }

means-heading = What it means and what it does not
means-surface = A mining right is not ownership of the land, nor is it by itself a permit to enter it or work on it.
means-process = A claim in process is not a right yet. An extinct one is shown so that the history is known, and is not added.
means-limits = The report compares drawings of limits; it does not decide between limits and replaces no survey.
means-informative = This report is informative. That something is not listed does not mean that it does not exist.

to-do-heading = What can be done, and with whom
to-do-words = Take this paper to the assembly and compare the limit on the map with your title. To ask, give the code of the right and that of the report.
to-do-nobody = Whom to ask is not on record, because no rule applied.
to-do-about = About: {$list}.

check-heading = How to check this paper
check-at = The code of this report is {$code}. Read the square with a telephone or go to {$url} to see the data with which it was issued.
check-code = The code of this report is {$code}. With it one checks that the paper has not changed.
check-letter = The last sign of the code is a check letter or number: if somebody copies a sign wrongly, it shows.
notes-heading = Notes of the assembly

sheets-heading = One sheet for each right
glossary-heading = Words of this report
word-right = Mining right
word-right-words = A concession or claim in the mining cadastre. A concession is a right apart from ownership of the surface.
word-holder = Holder
word-holder-words = The person or company in whose name the right stands in the public register.
word-union = Union
word-union-words = The land covered, counted once, even where it is under several rights.
word-roce = Graze
word-roce-words = An overlap so small or thin that it may be drawing error alone. It is listed and not added.
word-classes = Firm, probable, doubtful
word-classes-words = How certain an overlap is when the error of the maps is taken into account.
word-band = Band
word-band-words = The two figures between which the overlap lies nine times out of ten.
word-utm = UTM hectares
word-utm-words = Hectares measured on the plane that Peruvian offices use.
word-norm = Norm
word-norm-words = The law or regulation on which a rule rests. If nobody has seen it, the report says “no norm in sight”.
word-edition = Edition
word-edition-words = A layer of data with its date, as its entity published it.
others-in-short = Also here: {$list}. The annexes say which.
to-do-others = The annex «Whom to ask» says what to ask about the other layers, and whom.
whom-to-ask-heading = Whom to ask
