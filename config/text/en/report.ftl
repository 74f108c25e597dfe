# Sentences of the report and the matrix in English. What is missing here is said in Spanish.

skip = Skip to content
report-title = Overlap report: {$name}
subject-without-name = the land asked about
